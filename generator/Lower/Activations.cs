using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Lower.Formula;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Functions of one or two numbers as formulas over exactly rounded primitives: the same bits on every instruction set that has fused multiply-add. A NaN comes out as a NaN, but
/// where the function compares: there it is neither less nor greater.
/// </summary>
public static class Activations
{
    /// <summary>One row for each function: what it computes, and its formula.</summary>
    private static readonly IReadOnlyList<(OpKind Kind, Function Function)> Table =
    [
        (OpKind.Sigmoid, Exponentials.Sigmoid()),
        (OpKind.Tanh, Segments.Tanh()),
        (OpKind.PowerSigmoid, Powers.Sigmoid()),
        (OpKind.Relu, Relu()),
        (OpKind.Positive, Positive()),
        (OpKind.Exp, Exponentials.Exp()),
        (OpKind.Expm1, Exponentials.Expm1()),
        (OpKind.Softplus, Exponentials.Softplus()),
        (OpKind.Log, Logarithms.Log()),
        (OpKind.Log1p, Logarithms.Log1p()),
        (OpKind.Sqrt, Define(nameof(OpKind.Sqrt), "The square root of x, NaN below 0.", new Apply(Primitive.Sqrt, X))),
        (OpKind.Abs, Define(nameof(OpKind.Abs), "|x|", new Apply(Primitive.Abs, X))),
        (OpKind.Sign, Sign()),
        (OpKind.Erf, Exponentials.Erf()),
        (OpKind.Min, Extreme(nameof(OpKind.Min), Primitive.Min, "The lesser of a and b, NaN where one is; of two zeros the negative one if there is one.")),
        (OpKind.Max, Extreme(nameof(OpKind.Max), Primitive.Max, "The greater of a and b, NaN where one is; of two zeros the negative one if there is one.")),
    ];

    /// <summary>All functions.</summary>
    public static IEnumerable<Function> All => Table.Select(row => row.Function);

    /// <summary>The function that computes an operation, or null where the operation is a primitive.</summary>
    public static string? NameOf(OpKind kind) => Table.FirstOrDefault(row => row.Kind == kind).Function?.Name;

    /// <summary>The functions with these names.</summary>
    public static IEnumerable<Function> Named(ICollection<string> names) => All.Where(function => names.Contains(function.Name));

    private static Function Relu() => Define(
        nameof(OpKind.Relu),
        "max(x, 0)",
        new Apply(Primitive.Max, new Number(0f), X));

    private static Function Positive() => Define(
        nameof(OpKind.Positive),
        "1 where x is greater than 0, else 0: the derivative of max(x, 0).",
        new Apply(SelectLess, new Number(0f), X, new Number(1f), new Number(0f)));

    private static Function Sign() => Define(
        nameof(OpKind.Sign),
        "-1 where x is less than 0, 1 where it is greater, else x: a zero or NaN.",
        new Apply(SelectLess, X, new Number(0f), new Number(-1f), new Apply(SelectLess, new Number(0f), X, new Number(1f), X)));

    /// <summary>
    /// Both orders of the operands differ only where one is NaN, and where they are zeros: there each order gives another of the two, and their bits
    /// together are a NaN and the negative zero, whichever comes first.
    /// </summary>
    private static Function Extreme(string name, Primitive primitive, string summary) => Define(
        name,
        summary,
        [A, B],
        body => body.Return(Or, new Apply(primitive, A, B), new Apply(primitive, B, A)));
}
