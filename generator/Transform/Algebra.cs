using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>Arithmetic on the numbers of a graph, in double precision.</summary>
internal static class Algebra
{
    public static bool IsNumber(GraphBuilder builder, int value, double number) =>
        builder[value] is { Kind: OpKind.Constant } op && op.Constant == number;

    /// <summary>What an operation gives where it reads numbers alone; else null.</summary>
    public static double? Fold(OpKind kind, Op a, Op b) =>
        a.Kind == OpKind.Constant && (b.Kind == OpKind.Constant || !new Op(kind, 0, 0, Shape.Scalar).HasB)
            ? Numbers.Fold(kind, a.Constant, b.Constant)
            : null;
}
