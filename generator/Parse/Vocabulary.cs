using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>
/// The language of equations: what each operator and each method of <c>Recurrent.Equations</c> means. A new word is a new row.
/// </summary>
public static class Vocabulary
{
    private static readonly Dictionary<string, OpKind> Operators = new(StringComparer.Ordinal)
    {
        ["Vec + Vec"] = OpKind.Add,
        ["Vec + double"] = OpKind.Add,
        ["double + Vec"] = OpKind.Add,
        ["Vec - Vec"] = OpKind.Subtract,
        ["Vec - double"] = OpKind.Subtract,
        ["double - Vec"] = OpKind.Subtract,
        ["Vec * Vec"] = OpKind.Multiply,
        ["Vec * double"] = OpKind.Multiply,
        ["double * Vec"] = OpKind.Multiply,
        ["Mat * Vec"] = OpKind.Product,
        ["-Vec"] = OpKind.Negate,
    };

    /// <summary>Methods. An argument of type <c>Activation</c> is a setting and becomes the last operand.</summary>
    private static readonly Dictionary<string, OpKind> Methods = new(StringComparer.Ordinal)
    {
        ["Activate(Activation, Vec)"] = OpKind.Activate,
        ["Relu(Vec)"] = OpKind.Relu,
        ["Row(Mat, Vec)"] = OpKind.Row,
        ["Sigmoid(Vec)"] = OpKind.Sigmoid,
        ["Tanh(Vec)"] = OpKind.Tanh,
    };

    /// <summary>What an equation may be made of, for messages.</summary>
    public static string Description { get; } =
        "an equation is made of Vec, Mat and double locals that are set once, constant numbers, the operators "
        + string.Join(", ", Operators.Keys)
        + ", and the methods "
        + string.Join(", ", Methods.Keys)
        + " of Recurrent.Equations";

    /// <summary>What a binary operator computes, or null where the language does not have it.</summary>
    public static OpKind? Find(IBinaryOperation operation) =>
        Sign(operation.OperatorKind) is string sign
            ? Find(Operators, $"{TypeName(operation.LeftOperand.Type)} {sign} {TypeName(operation.RightOperand.Type)}")
            : null;

    /// <summary>What a unary operator computes, or null where the language does not have it.</summary>
    public static OpKind? Find(IUnaryOperation operation) => operation.OperatorKind == UnaryOperatorKind.Minus
        ? Find(Operators, "-" + TypeName(operation.Operand.Type))
        : null;

    /// <summary>What a method computes, or null where the language does not have it.</summary>
    public static OpKind? Find(IMethodSymbol method) => RuntimeTypes.Is(method.ContainingType, "Equations")
        ? Find(Methods, $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => TypeName(parameter.Type)))})")
        : null;

    /// <summary>A computation with numbers alone, which the generator does itself; null where the language does not have it.</summary>
    public static double? Fold(BinaryOperatorKind kind, double left, double right) => kind switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Divide => left / right,
        _ => null,
    };

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
        : RuntimeTypes.IsActivation(type) ? "Activation"
        : "?";
}
