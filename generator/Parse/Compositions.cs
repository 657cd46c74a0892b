using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>Methods of <c>Recurrent.Equations</c> that are made of operations, each a formula. A new word is a new row.</summary>
public static class Compositions
{
    /// <summary>Klambauer, Unterthiner, Mayr and Hochreiter, Self-Normalizing Neural Networks, 2017, equation 2.</summary>
    private const double SeluScale = 1.0507009873554804934193349852946;

    private const double SeluAlpha = 1.6732632423543772848170429916717;

    private const double InverseRootTwo = 0.70710678118654752440084436210485;

    /// <summary>By name and number of parameters; where a word takes any number of operands, by its name alone.</summary>
    private static readonly Dictionary<string, Func<IReadOnlyList<Term>, Term>> Words = new(StringComparer.Ordinal)
    {
        ["Square/1"] = x => x[0] * x[0],
        ["Rsqrt/1"] = x => 1 / x[0].Of(OpKind.Sqrt),
        ["Step/1"] = x => Number(x, 0).With(OpKind.Less, x[0]),
        ["LeakyRelu/2"] = x => LeakyRelu(x[0], x[1]),
        ["Elu/2"] = x => Elu(x[0], x[1]),
        ["Selu/1"] = x => Selu(x[0]),
        ["Softsign/1"] = x => Softsign(x[0]),
        ["HardSigmoid/3"] = x => HardSigmoid(x[0], x[1], x[2]),
        ["HardTanh/1"] = x => HardTanh(x[0]),
        ["Silu/1"] = x => Silu(x[0]),
        ["Gelu/1"] = x => Gelu(x[0]),
        ["Clamp/3"] = x => Clamp(x[0], x[1], x[2]),
        ["Mean/1"] = x => Mean(x[0]),
        ["Norm/1"] = x => (x[0] * x[0]).Of(OpKind.Sum).Of(OpKind.Sqrt),
        ["Dot/2"] = x => (x[0] * x[1]).Of(OpKind.Sum),
        ["Softmax/1"] = x => Softmax(x[0]),
        ["LayerNorm/4"] = x => LayerNorm(x[0], x[1], x[2], x[3]),
        ["RmsNorm/3"] = x => x[0] * (1 / (Mean(x[0] * x[0]) + x[2]).Of(OpKind.Sqrt)) * x[1],
        ["ScaleRows/2"] = x => x[0] * x[1].Of(OpKind.SpreadRows),
        ["ScaleColumns/2"] = x => x[0] * x[1].Of(OpKind.SpreadColumns),
        ["Convolve/3"] = x => x[0].With(OpKind.Convolution, x[1].With(OpKind.Frames, x[2])),
        ["Concat"] = x => x.Skip(1).Aggregate(x[0], (joined, next) => joined.With(OpKind.Concat, next)),
    };

    /// <summary>What a word means, or null where the language does not have it.</summary>
    public static Func<IReadOnlyList<Term>, Term>? Find(string name, string key) =>
        Words.TryGetValue(key, out Func<IReadOnlyList<Term>, Term>? formula) || Words.TryGetValue(name, out formula) ? formula : null;

    private static Term Number(IReadOnlyList<Term> operands, double value) => operands[0].Writer.Number(value);

    internal static Term LeakyRelu(Term x, Term slope) => x.Of(OpKind.Relu) + (slope * x.Writer.Number(0).Min(x));

    internal static Term Elu(Term x, Term alpha) => x.Of(OpKind.Relu) + (alpha * x.Writer.Number(0).Min(x).Of(OpKind.Expm1));

    internal static Term Selu(Term x) => SeluScale * Elu(x, x.Writer.Number(SeluAlpha));

    internal static Term Softsign(Term x) => x / (1 + x.Of(OpKind.Abs));

    internal static Term HardSigmoid(Term x, Term slope, Term offset) => Clamp((slope * x) + offset, x.Writer.Number(0), x.Writer.Number(1));

    internal static Term HardTanh(Term x) => Clamp(x, x.Writer.Number(-1), x.Writer.Number(1));

    internal static Term Silu(Term x) => x * x.Of(OpKind.Sigmoid);

    internal static Term Gelu(Term x) => x * (0.5 * (1 + (InverseRootTwo * x).Of(OpKind.Erf)));

    /// <summary>The bounds come first, so that at a bound the derivative is that of what is clamped.</summary>
    private static Term Clamp(Term x, Term low, Term high) => high.Min(low.Max(x));

    private static Term Mean(Term x) => x.Of(OpKind.Sum) / x.Of(OpKind.Length);

    private static Term Softmax(Term x)
    {
        Term power = (x - x.Of(OpKind.Greatest).Of(OpKind.Detach)).Of(OpKind.Exp);
        return power / power.Of(OpKind.Sum);
    }

    private static Term LayerNorm(Term x, Term weight, Term bias, Term epsilon)
    {
        Term centred = x - Mean(x);
        return (centred * (1 / (Mean(centred * centred) + epsilon).Of(OpKind.Sqrt)) * weight) + bias;
    }
}
