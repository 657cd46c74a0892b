using System;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>Arithmetic on the numbers of a graph, in double precision.</summary>
internal static class Algebra
{
    public static bool IsNumber(GraphBuilder builder, int value, double number) =>
        builder[value] is { Kind: OpKind.Constant } op && op.Constant == number;

    /// <summary>What an operation gives where it reads numbers alone; else null.</summary>
    public static double? Fold(OpKind kind, Op a, Op b)
    {
        if (a.Kind != OpKind.Constant)
        {
            return null;
        }

        double x = a.Constant;
        double y = b.Constant;
        return kind switch
        {
            OpKind.Negate => -x,
            OpKind.Sigmoid => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
            OpKind.Tanh => Math.Tanh(x),
            OpKind.Relu => x > 0 || double.IsNaN(x) ? x : 0,
            OpKind.Positive => x > 0 ? 1 : 0,
            _ when b.Kind != OpKind.Constant => null,
            OpKind.Add => x + y,
            OpKind.Subtract => x - y,
            OpKind.Multiply => x * y,
            _ => null,
        };
    }
}
