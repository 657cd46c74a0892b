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
    EquatableArray<Statement> Body);

/// <summary>A function over vectors, small enough to be inlined wherever it is called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">Its formula and its accuracy.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Body">Its statements; the last one is a <see cref="Return"/>.</param>
public sealed record Function(string Name, string Summary, EquatableArray<string> Parameters, EquatableArray<Statement> Body)
{
    /// <summary>The primitives that it applies, some several times.</summary>
    public IEnumerable<Primitive> Primitives => Body.SelectMany(statement => statement switch
    {
        Declare declare => Of(declare.Value),
        Return result => Of(result.Value),
        _ => [],
    });

    private static IEnumerable<Primitive> Of(Expression expression) => expression switch
    {
        Apply apply => apply.Arguments.SelectMany(Of).Append(apply.Primitive),
        Call call => call.Arguments.SelectMany(Of),
        _ => [],
    };
}
