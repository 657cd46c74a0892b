using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>What the members of <c>Recurrent.Activation</c> do, each a formula of x, alpha and beta. A new one is a new row.</summary>
public static class Activations
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["Linear"] = new((x, _, _) => x),
        ["Relu"] = new((x, _, _) => x.Of(OpKind.Relu)),
        ["Sigmoid"] = new((x, _, _) => x.Of(OpKind.Sigmoid)),
        ["Tanh"] = new((x, _, _) => x.Of(OpKind.Tanh)),
        ["LeakyRelu"] = new((x, alpha, _) => Compositions.LeakyRelu(x, alpha), 0.01),
        ["Elu"] = new((x, alpha, _) => Compositions.Elu(x, alpha)),
        ["Selu"] = new((x, _, _) => Compositions.Selu(x)),
        ["Softplus"] = new((x, _, _) => x.Of(OpKind.Softplus)),
        ["Softsign"] = new((x, _, _) => Compositions.Softsign(x)),
        ["HardSigmoid"] = new((x, alpha, beta) => Compositions.HardSigmoid(x, alpha, beta), 1.0 / 6, 0.5),
        ["HardTanh"] = new((x, _, _) => Compositions.HardTanh(x)),
        ["Silu"] = new((x, _, _) => Compositions.Silu(x)),
        ["Gelu"] = new((x, _, _) => Compositions.Gelu(x)),
        ["ThresholdedRelu"] = new((x, alpha, _) => alpha.With(OpKind.Less, x) * alpha.Max(x)),
        ["ScaledTanh"] = new((x, alpha, beta) => alpha * (beta * x).Of(OpKind.Tanh)),
        ["Affine"] = new((x, alpha, beta) => (alpha * x) + beta, 1, 0),
    };

    /// <summary>The activation that a number chooses, as a chain of choices.</summary>
    /// <param name="members">The members of the enumeration and their numbers.</param>
    /// <param name="chosen">The number.</param>
    /// <param name="x">What the activation is applied to.</param>
    /// <param name="coefficients">Alpha and beta; where there are none, or a setting that is one is NaN, each activation has its own.</param>
    /// <returns>The value, or null where the number, or a member, is none that the language has.</returns>
    public static Term? Apply(IEnumerable<(string Name, int Value)> members, Term chosen, Term x, IReadOnlyList<Term> coefficients)
    {
        List<(string Name, int Value)> falling = members.OrderByDescending(member => member.Value).ToList();
        if (falling.Count == 0 || falling.Any(member => !Rows.ContainsKey(member.Name)))
        {
            return null;
        }

        if (x.Writer.Constant(chosen.Position) is double settled)
        {
            int only = falling.FindIndex(member => member.Value == settled);
            return only < 0 ? null : Apply(falling[only].Name, x, coefficients);
        }

        Term activated = Apply(falling[0].Name, x, coefficients);
        for (int i = 1; i < falling.Count; i++)
        {
            Term isThisOrLess = chosen.With(OpKind.Less, x.Writer.Number(falling[i - 1].Value));
            activated = x.Writer.Choose(isThisOrLess, Apply(falling[i].Name, x, coefficients), activated);
        }

        return activated;
    }

    private static Term Apply(string name, Term x, IReadOnlyList<Term> coefficients)
    {
        Row row = Rows[name];
        return coefficients.Count == 2
            ? row.Formula(x, Given(coefficients[0], row.Alpha), Given(coefficients[1], row.Beta))
            : row.Formula(x, x.Writer.Number(row.Alpha), x.Writer.Number(row.Beta));
    }

    /// <summary>A coefficient that a layer knows is the default where it is NaN: every other number is less than 1 or greater than 0.</summary>
    private static Term Given(Term coefficient, double standard)
    {
        EquationWriter writer = coefficient.Writer;
        if (!writer.IsKnown(coefficient.Position))
        {
            return coefficient;
        }

        Term isNumber = coefficient.With(OpKind.Less, writer.Number(1)) + writer.Number(0).With(OpKind.Less, coefficient);
        return writer.Choose(isNumber, coefficient, writer.Number(standard));
    }

    /// <summary>A formula, and the alpha and beta that it has where an equation gives none.</summary>
    private sealed record Row(Func<Term, Term, Term, Term> Formula, double Alpha = 1, double Beta = 1);
}
