using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Operations;

namespace Recurrent.Gen.Parse;

/// <summary>What conditions over settings and constants mean: 1 where they hold, 0 where they do not.</summary>
public static class Conditions
{
    private static readonly Dictionary<BinaryOperatorKind, Func<Term, Term, Term>> Meanings = new()
    {
        [BinaryOperatorKind.LessThan] = Less,
        [BinaryOperatorKind.GreaterThan] = (a, b) => Less(b, a),
        [BinaryOperatorKind.LessThanOrEqual] = (a, b) => 1 - Less(b, a),
        [BinaryOperatorKind.GreaterThanOrEqual] = (a, b) => 1 - Less(a, b),
        [BinaryOperatorKind.Equals] = (a, b) => (1 - Less(a, b)) * (1 - Less(b, a)),
        [BinaryOperatorKind.NotEquals] = Differ,
        [BinaryOperatorKind.ConditionalAnd] = (a, b) => a * b,
        [BinaryOperatorKind.And] = (a, b) => a * b,
        [BinaryOperatorKind.ConditionalOr] = (a, b) => a.Max(b),
        [BinaryOperatorKind.Or] = (a, b) => a.Max(b),
        [BinaryOperatorKind.ExclusiveOr] = Differ,
    };

    /// <summary>What an operation means that gives a <c>bool</c>; null where it does not, or the language does not have it.</summary>
    public static Func<Term, Term, Term>? Find(IBinaryOperation operation) =>
        operation is { OperatorMethod: null, Type.SpecialType: Microsoft.CodeAnalysis.SpecialType.System_Boolean }
        && Meanings.TryGetValue(operation.OperatorKind, out Func<Term, Term, Term>? meaning)
            ? meaning
            : null;

    private static Term Differ(Term a, Term b) => Less(a, b) + Less(b, a);

    private static Term Less(Term a, Term b) => a.With(Graph.OpKind.Less, b);
}
