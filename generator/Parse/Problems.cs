using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <summary>
/// What a declaration's reader finds wrong. The generator only wants to know whether there is anything (this class); the analyzer
/// turns every problem into a diagnostic (<see cref="DiagnosticProblems"/>).
/// </summary>
public class Problems
{
    /// <summary>How many problems there are.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a problem.</summary>
    public void Report(DiagnosticDescriptor descriptor, Location? location, params string[] arguments) => Report(descriptor, location, null, arguments);

    /// <summary>Notes a problem that a code fix mends.</summary>
    public void Report(DiagnosticDescriptor descriptor, Location? location, Repair? repair, params string[] arguments)
    {
        Count++;
        Receive(descriptor, location, repair, arguments);
    }

    /// <summary>Notes something that keeps nothing from being compiled.</summary>
    public void Warn(DiagnosticDescriptor descriptor, Location? location, params string[] arguments) => Warn(descriptor, location, null, arguments);

    /// <summary>Notes something that keeps nothing from being compiled, and that a code fix mends.</summary>
    public void Warn(DiagnosticDescriptor descriptor, Location? location, Repair? repair, params string[] arguments) =>
        Receive(descriptor, location, repair, arguments);

    /// <summary>Notes that something cannot be read because it is no valid C#: the compiler says so itself.</summary>
    public void Fail() => Count++;

    /// <summary>Notes that something cannot be read, unless a problem was noted since there were so many.</summary>
    public void FailUnlessMore(int before)
    {
        if (Count == before)
        {
            Fail();
        }
    }

    protected virtual void Receive(DiagnosticDescriptor descriptor, Location? location, Repair? repair, string[] arguments)
    {
    }
}

/// <summary>Problems that become diagnostics.</summary>
public sealed class DiagnosticProblems : Problems
{
    private readonly Action<Diagnostic> _report;

    public DiagnosticProblems(Action<Diagnostic> report) => _report = report;

    protected override void Receive(DiagnosticDescriptor descriptor, Location? location, Repair? repair, string[] arguments)
    {
        object[] texts = arguments.Cast<object>().ToArray();
        Location place = location ?? Location.None;
        _report(repair?.Diagnose(descriptor, place, texts) ?? Diagnostic.Create(descriptor, place, texts));
    }
}
