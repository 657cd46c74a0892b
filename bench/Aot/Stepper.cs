using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Recurrent.Bench.Aot;

/// <summary>A running <c>bench/Stepper</c>, which takes steps when it is told to.</summary>
public sealed class Stepper : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it, and reads what it says of itself.</summary>
    public Stepper(PublishedProgram program, params IEnumerable<(string Name, string Value)> variables)
    {
        _process = program.Start(variables);
        string[] words = Line().Split(',');
        (Compiler, InstructionSet) = (words[0], words[1]);
        Subjects = [.. Enumerable.Range(0, int.Parse(words[2], CultureInfo.InvariantCulture)).Select(_ => Line())];
    }

    /// <summary>JIT or NativeAOT.</summary>
    public string Compiler { get; }

    /// <summary>The instruction set whose kernels it runs.</summary>
    public string InstructionSet { get; }

    /// <summary>Its networks, cell, input size, hidden size and the bits of their first steps, with commas.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>Takes steps.</summary>
    /// <returns>Nanoseconds of one.</returns>
    public double Round(int subject, int steps)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subject} {steps}"));
        return double.Parse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Line() => _process.StandardOutput.ReadLine() ?? throw new EndOfStreamException("The program that takes the steps has ended.");
}
