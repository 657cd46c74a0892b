using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>
/// The language of equations: the operators, and those methods of <c>Recurrent.Equations</c> that are one operation. A new one is a new row.
/// Words that are made of others stand in <see cref="Compositions"/>.
/// </summary>
public static class Vocabulary
{
    /// <summary>Operators with a vector, a matrix or a number that varies. Numbers that a layer knows are computed by the same rows.</summary>
    private static readonly Dictionary<string, OpKind> Operators = new(StringComparer.Ordinal)
    {
        ["Vec + Vec"] = OpKind.Add,
        ["Vec + double"] = OpKind.Add,
        ["double + Vec"] = OpKind.Add,
        ["double + double"] = OpKind.Add,
        ["Mat + Mat"] = OpKind.Add,
        ["Mat + double"] = OpKind.Add,
        ["double + Mat"] = OpKind.Add,
        ["int + int"] = OpKind.Add,
        ["Vec - Vec"] = OpKind.Subtract,
        ["Vec - double"] = OpKind.Subtract,
        ["double - Vec"] = OpKind.Subtract,
        ["double - double"] = OpKind.Subtract,
        ["Mat - Mat"] = OpKind.Subtract,
        ["Mat - double"] = OpKind.Subtract,
        ["double - Mat"] = OpKind.Subtract,
        ["int - int"] = OpKind.Subtract,
        ["Vec * Vec"] = OpKind.Multiply,
        ["Vec * double"] = OpKind.Multiply,
        ["double * Vec"] = OpKind.Multiply,
        ["double * double"] = OpKind.Multiply,
        ["Mat * double"] = OpKind.Multiply,
        ["double * Mat"] = OpKind.Multiply,
        ["int * int"] = OpKind.Multiply,
        ["Vec / Vec"] = OpKind.Divide,
        ["Vec / double"] = OpKind.Divide,
        ["double / Vec"] = OpKind.Divide,
        ["double / double"] = OpKind.Divide,
        ["Mat / double"] = OpKind.Divide,
        ["double / Mat"] = OpKind.Divide,
        ["int / int"] = OpKind.Quotient,
        ["Mat * Vec"] = OpKind.Product,
        ["-Vec"] = OpKind.Negate,
        ["-Mat"] = OpKind.Negate,
        ["-double"] = OpKind.Negate,
        ["-int"] = OpKind.Negate,
    };

    /// <summary>Methods, by name and number of parameters.</summary>
    private static readonly Dictionary<string, OpKind> Functions = new(StringComparer.Ordinal)
    {
        ["Sigmoid/1"] = OpKind.Sigmoid,
        ["Tanh/1"] = OpKind.Tanh,
        ["Relu/1"] = OpKind.Relu,
        ["Exp/1"] = OpKind.Exp,
        ["Expm1/1"] = OpKind.Expm1,
        ["Softplus/1"] = OpKind.Softplus,
        ["Log/1"] = OpKind.Log,
        ["Log1p/1"] = OpKind.Log1p,
        ["Sqrt/1"] = OpKind.Sqrt,
        ["Abs/1"] = OpKind.Abs,
        ["Sign/1"] = OpKind.Sign,
        ["Erf/1"] = OpKind.Erf,
        ["Detach/1"] = OpKind.Detach,
        ["Min/2"] = OpKind.Min,
        ["Max/2"] = OpKind.Max,
        ["Multiply/2"] = OpKind.Multiply,
        ["Sum/1"] = OpKind.Sum,
        ["Max/1"] = OpKind.Greatest,
        ["Transpose/1"] = OpKind.Transpose,
        ["RowSums/1"] = OpKind.RowSums,
        ["ColumnSums/1"] = OpKind.ColumnSums,
        ["Outer/2"] = OpKind.Outer,
        ["Row/2"] = OpKind.Row,
    };

    /// <summary>What a binary operator computes, or null where the language does not have it.</summary>
    public static OpKind? Find(IBinaryOperation operation) =>
        Sign(operation.OperatorKind) is string sign
            ? Find(Operators, $"{TypeName(operation.LeftOperand.Type)} {sign} {TypeName(operation.RightOperand.Type)}")
            : null;

    /// <summary>What a unary operator computes, or null where the language does not have it.</summary>
    public static OpKind? Find(IUnaryOperation operation) => operation.OperatorKind == UnaryOperatorKind.Minus
        ? Find(Operators, "-" + TypeName(operation.Operand.Type))
        : null;

    /// <summary>What a method of <c>Recurrent.Equations</c> computes, or null where the language does not have it.</summary>
    public static Func<IReadOnlyList<Term>, Term>? Find(IMethodSymbol method)
    {
        string key = method.Name + "/" + method.Parameters.Length.ToText();
        return Find(Functions, key) is { } kind
            ? operands => operands.Count == 1 ? operands[0].Of(kind) : operands[0].With(kind, operands[1])
            : Compositions.Find(method.Name, key);
    }

    private static OpKind? Find(Dictionary<string, OpKind> table, string key) => table.TryGetValue(key, out OpKind kind) ? kind : null;

    private static string? Sign(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        _ => null,
    };

    private static string TypeName(ITypeSymbol? type) =>
        RuntimeTypes.IsVec(type) ? "Vec"
        : RuntimeTypes.IsMat(type) ? "Mat"
        : RuntimeTypes.IsNumber(type) ? "double"
        : type?.SpecialType == SpecialType.System_Int32 ? "int"
        : "?";
}
