using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>A method over memory, for one instruction set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it does, for people.</param>
/// <param name="Numbers">The names of its whole-number parameters.</param>
/// <param name="Pointers">The names of its pointer parameters, behind the numbers.</param>
/// <param name="Body">Its statements.</param>
public sealed record Kernel(
    string Name,
    string Summary,
    EquatableArray<string> Numbers,
    EquatableArray<string> Pointers,
    EquatableArray<Statement> Body)
{
    /// <summary>The parameter of a kernel that several threads can share.</summary>
    public const string Share = "share";

    /// <summary>Whether several threads can share it: then a parameter behind the numbers tells which part is to be run.</summary>
    public bool IsShared { get; init; }

    /// <summary>The names of its vector parameters, behind the pointers.</summary>
    public EquatableArray<string> Vectors { get; init; } = EquatableArray<string>.Empty;
}

/// <summary>A function over vectors, small enough to be inlined wherever it is called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">Its formula and its accuracy.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Body">Its statements; the last one is a <see cref="Return"/>.</param>
public sealed record Function(string Name, string Summary, EquatableArray<string> Parameters, EquatableArray<Statement> Body)
{
    /// <summary>The names of its pointer parameters, in front of the others.</summary>
    public EquatableArray<string> Pointers { get; init; } = EquatableArray<string>.Empty;

    /// <summary>The primitives that it applies, some several times.</summary>
    public IEnumerable<Primitive> Primitives => Body.All().SelectMany(Tree.AllValues).OfType<Apply>().Select(apply => apply.Primitive);

    /// <summary>The functions that it calls, some several times.</summary>
    public IEnumerable<string> Calls => Body.All().SelectMany(Tree.AllValues).OfType<Call>().Select(call => call.Function);
}
