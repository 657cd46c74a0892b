using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Functions of one number as formulas over exactly rounded primitives: the same bits on every instruction set. A NaN comes out as a NaN.
/// </summary>
public static class Activations
{
    private const string Exp = "Exp";
    private const float Log2E = 1.442695f;

    /// <summary>1.5 2^23: a float beside it has no bits for a fraction, so that adding it rounds to a whole number.</summary>
    private const float RoundToWhole = 12582912f;

    /// <summary>ln 2 as the sum of two floats.</summary>
    private const float Ln2High = 0.6931472f;
    private const float Ln2Low = -1.9046542e-9f;

    private static readonly Local X = new("x");
    private static readonly Local A = new("a");
    private static readonly Local B = new("b");

    /// <summary>One row for each function: what it computes, what it calls, and its formula.</summary>
    private static readonly IReadOnlyList<(OpKind? Kind, string[] Calls, Function Function)> Table =
    [
        (null, [], ExpFunction()),
        (OpKind.Sigmoid, [Exp], Sigmoid()),
        (OpKind.Tanh, [], Tanh()),
        (OpKind.Relu, [], Relu()),
        (OpKind.Positive, [], Positive()),
        (OpKind.Sqrt, [], Sqrt()),
        (OpKind.Abs, [], Abs()),
        (OpKind.Sign, [], Sign()),
        (OpKind.Min, [], Min()),
        (OpKind.Max, [], Max()),
    ];

    /// <summary>The function that computes an operation, or null where the operation is a primitive.</summary>
    public static string? NameOf(OpKind kind) => Table.FirstOrDefault(row => row.Kind == kind).Function?.Name;

    /// <summary>The functions with these names and those that they call, each behind what it calls.</summary>
    public static IEnumerable<Function> Closure(ICollection<string> names) => Table
        .Where(row => names.Contains(row.Function.Name) || Table.Any(caller => names.Contains(caller.Function.Name) && caller.Calls.Contains(row.Function.Name)))
        .Select(row => row.Function);

    private static Function ExpFunction() => Define(
        Exp,
        "exp(x) for x in [-105, 0], within 1 ULP: 2^n exp(r) with n the whole number nearest to x / ln 2 and r = x - n ln 2.",
        body =>
        {
            Local y = body.Let("y", Primitive.Max, new Number(-105f), X);
            (Local n, Local r, Local square, Local tail) = Reduce(body, y);
            Local p = body.Let("p", Add, new Apply(MultiplyAdd, square, tail, r), new Number(1f));
            body.Add(new Return(new Apply(Scale, p, n)));
        });

    private static Function Sigmoid() => Define(
        nameof(OpKind.Sigmoid),
        "1 / (1 + exp(-x)), within 2.5 ULP: with e = exp(-|x|), which cannot overflow, it is 1 / (1 + e), or e / (1 + e) where x is less than 0.",
        body =>
        {
            Local e = body.Let("e", new Call(Exp, new Apply(NegateAbs, X)));
            Local numerator = body.Let("numerator", SelectLess, X, new Number(0f), e, new Number(1f));
            body.Add(new Return(new Apply(Divide, numerator, new Apply(Add, new Number(1f), e))));
        });

    private static Function Tanh() => Define(
        nameof(OpKind.Tanh),
        "tanh(x), within 2.5 ULP: with m = exp(-2|x|) - 1, computed without cancellation, it is -m / (m + 2) with the sign of x.",
        body =>
        {
            // Below -30, m is -1 to the last bit.
            Local y = body.Let("y", Primitive.Max, new Number(-30f), new Apply(Multiply, new Number(2f), new Apply(NegateAbs, X)));
            (Local n, Local r, Local square, Local tail) = Reduce(body, y);
            Local q = body.Let("q", MultiplyAdd, square, tail, r);
            Local power = body.Let("power", Scale, new Number(1f), n);
            Local m = body.Let("m", MultiplyAdd, power, q, new Apply(Subtract, power, new Number(1f)));
            Local magnitude = body.Let("magnitude", Divide, new Apply(Subtract, new Number(0f), m), new Apply(Add, m, new Number(2f)));
            body.Add(new Return(new Apply(CopySign, magnitude, X)));
        });

    private static Function Relu() => Define(
        nameof(OpKind.Relu),
        "max(x, 0)",
        body => body.Add(new Return(new Apply(Primitive.Max, new Number(0f), X))));

    private static Function Positive() => Define(
        nameof(OpKind.Positive),
        "1 where x is greater than 0, else 0: the derivative of max(x, 0).",
        body => body.Add(new Return(new Apply(SelectLess, new Number(0f), X, new Number(1f), new Number(0f)))));

    private static Function Sqrt() => Define(nameof(OpKind.Sqrt), "The square root of x, NaN below 0.", body => body.Add(new Return(new Apply(Primitive.Sqrt, X))));

    private static Function Abs() => Define(nameof(OpKind.Abs), "|x|", body => body.Add(new Return(new Apply(Primitive.Abs, X))));

    private static Function Sign() => Define(
        nameof(OpKind.Sign),
        "-1 where x is less than 0, 1 where it is greater, else x: a zero or NaN.",
        body => body.Add(new Return(new Apply(
            SelectLess, X, new Number(0f), new Number(-1f), new Apply(SelectLess, new Number(0f), X, new Number(1f), X)))));

    private static Function Min() => Extreme(
        nameof(OpKind.Min), Primitive.Min, "The lesser of a and b, NaN where one is; of two zeros the negative one.");

    private static Function Max() => Extreme(
        nameof(OpKind.Max), Primitive.Max, "The greater of a and b, NaN where one is; of two zeros the negative one if there is one.");

    /// <summary>
    /// Both orders of the operands differ only where one is NaN, and where they are zeros: there each order gives another of the two, and their bits
    /// together are a NaN and the negative zero, whichever comes first.
    /// </summary>
    private static Function Extreme(string name, Primitive primitive, string summary) => Define(
        name,
        summary,
        body => body.Add(new Return(new Apply(Or, new Apply(primitive, A, B), new Apply(primitive, B, A)))),
        A,
        B);

    /// <summary>
    /// y = n ln 2 + r, and exp(r) = 1 + r + square tail. The polynomial's relative error is below 6e-9 on |r| at most ln 2 / 2 (minimax, degree 6); its
    /// terms are added in pairs (Estrin), which is a shorter wait than one after another.
    /// </summary>
    private static (Local N, Local R, Local Square, Local Tail) Reduce(Lines body, Local y)
    {
        Local rounded = body.Let("rounded", MultiplyAdd, y, new Number(Log2E), new Number(RoundToWhole));
        Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));
        Local rest = body.Let("rest", NegateMultiplyAdd, n, new Number(Ln2High), y);
        Local r = body.Let("r", NegateMultiplyAdd, n, new Number(Ln2Low), rest);
        Local square = body.Let("square", Multiply, r, r);
        Local low = body.Let("low", MultiplyAdd, new Number(0.166665182f), r, new Number(0.5f));
        Local high = body.Let("high", MultiplyAdd, new Number(0.00836888980f), r, new Number(0.0416662060f));
        Local top = body.Let("top", MultiplyAdd, new Number(0.00139504904f), square, high);
        Local tail = body.Let("tail", MultiplyAdd, top, square, low);
        return (n, r, square, tail);
    }

    private static Function Define(string name, string summary, Action<Lines> write, params Local[] parameters)
    {
        Lines lines = [];
        write(lines);
        return new Function(name, summary, (parameters.Length == 0 ? [X] : parameters).Select(local => local.Name).ToEquatableArray(), lines.ToEquatableArray());
    }

    private sealed class Lines : List<Statement>
    {
        public Local Let(string name, Primitive primitive, params Expression[] arguments) => Let(name, new Apply(primitive, arguments));

        public Local Let(string name, Expression value)
        {
            Add(new Declare(name, value));
            return new Local(name);
        }
    }
}
