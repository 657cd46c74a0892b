using System;
using System.Globalization;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>
/// The shape that an operation gives for the shapes of its operands. Dimensions are compared by equality, so a name equals itself alone,
/// whatever size it will be bound to.
/// </summary>
public static class ShapeRules
{
    /// <summary>The shape of an operation's result.</summary>
    /// <param name="kind">An operation whose shape follows from its operands: no leaf, and none whose shape stands in the <see cref="Op"/>.</param>
    /// <param name="a">The shape of the first operand.</param>
    /// <param name="b">The shape of the second operand; not read where there is none.</param>
    /// <exception cref="ArgumentException">The shapes do not fit the operation, or its shape does not follow from them.</exception>
    public static Shape Of(OpKind kind, Shape a, Shape b = default) => kind switch
    {
        >= OpKind.Add and < OpKind.Negate when a == b || b.Rank == 0 => a,
        >= OpKind.Add and < OpKind.Negate when a.Rank == 0 => b,
        >= OpKind.Add and < OpKind.Negate => throw Misfit(kind, "two operands of one shape, or a scalar beside any shape", $"{a} and {b}"),
        >= OpKind.Negate and <= OpKind.Detach => a,
        OpKind.Sum or OpKind.Greatest or OpKind.Length => Shape.Scalar,
        OpKind.Transpose when a.Rank == 2 => Shape.Matrix(a.Columns, a.Rows),
        OpKind.RowSums when a.Rank == 2 => Shape.Vector(a.Rows),
        OpKind.ColumnSums when a.Rank == 2 => Shape.Vector(a.Columns),
        OpKind.Transpose or OpKind.RowSums or OpKind.ColumnSums => throw Misfit(kind, "a matrix", $"{a}"),
        OpKind.Concat when a.Rank == 1 && b.Rank == 1 && a.Rows.IsBound && b.Rows.IsBound => Shape.Vector(checked(a.Rows.Size + b.Rows.Size)),
        OpKind.Concat => throw Misfit(kind, "two vectors of known length", $"{a} and {b}"),
        OpKind.Product when a.Rank == 2 && b.Rank == 1 && a.Columns == b.Rows => Shape.Vector(a.Rows),
        OpKind.Product => throw Misfit(kind, "a matrix and a vector with an element for each of its columns", $"{a} and {b}"),
        OpKind.TransposedProduct when a.Rank == 2 && b.Rank == 1 && a.Rows == b.Rows => Shape.Vector(a.Columns),
        OpKind.TransposedProduct => throw Misfit(kind, "a matrix and a vector with an element for each of its rows", $"{a} and {b}"),
        OpKind.Outer when a.Rank == 1 && b.Rank == 1 => Shape.Matrix(a.Rows, b.Rows),
        OpKind.Outer => throw Misfit(kind, "two vectors", $"{a} and {b}"),
        OpKind.Row when a.Rank == 2 && IsIndex(b) => Shape.Vector(a.Columns),
        OpKind.Row => throw Misfit(kind, "a matrix and a vector of one element", $"{a} and {b}"),
        _ => throw new ArgumentException($"The shape of {kind} does not follow from its operands.", nameof(kind)),
    };

    /// <summary>Whether an operation's shape does not follow from its operands and stands in the <see cref="Op"/>.</summary>
    public static bool StandsInOp(OpKind kind) =>
        kind is OpKind.Spread or OpKind.SpreadRows or OpKind.SpreadColumns or OpKind.Slice or OpKind.Pad or OpKind.Swap or OpKind.RowGradient;

    /// <summary>The shape of an operation's result, which is checked where it stands in the operation.</summary>
    /// <param name="op">The operation; no leaf.</param>
    /// <param name="a">The shape of the first operand.</param>
    /// <param name="b">The shape of the second operand; not read where there is none.</param>
    /// <exception cref="ArgumentException">The shapes do not fit the operation, or its shape does not follow from them.</exception>
    public static Shape Of(Op op, Shape a, Shape b = default) => op.Kind switch
    {
        OpKind.Spread when a.Rank == 0 => op.Shape,
        OpKind.Spread => throw Misfit(op.Kind, "a scalar", $"{a} for {op.Shape}"),
        OpKind.SpreadRows when op.Shape.Rank == 2 && a == Shape.Vector(op.Shape.Rows) => op.Shape,
        OpKind.SpreadRows => throw Misfit(op.Kind, "a vector with an element for each row of the result", $"{a} for {op.Shape}"),
        OpKind.SpreadColumns when op.Shape.Rank == 2 && a == Shape.Vector(op.Shape.Columns) => op.Shape,
        OpKind.SpreadColumns => throw Misfit(op.Kind, "a vector with an element for each column of the result", $"{a} for {op.Shape}"),
        OpKind.Slice when IsPart(op.Shape, a, op.Constant) => op.Shape,
        OpKind.Slice => throw Misfit(op.Kind, $"a vector that has the result in it from element {Number(op.Constant)} on", $"{a} for {op.Shape}"),
        OpKind.Pad when IsPart(a, op.Shape, op.Constant) => op.Shape,
        OpKind.Pad => throw Misfit(op.Kind, $"a vector that the result has room for from element {Number(op.Constant)} on", $"{a} for {op.Shape}"),
        OpKind.Swap when IsSwap(op, a) => op.Shape,
        OpKind.Swap => throw Misfit(op.Kind, $"as many elements as the result has, in whole matrices of {Number(op.Constant)} rows and {Number(op.B)} columns", $"{a} for {op.Shape}"),
        OpKind.RowGradient when op.Shape.Rank == 2 && a == Shape.Vector(op.Shape.Columns) && IsIndex(b) => op.Shape,
        OpKind.RowGradient => throw Misfit(op.Kind, "a row of the result and a vector of one element", $"{a} and {b} for {op.Shape}"),
        _ => Of(op.Kind, a, b),
    };

    private static bool IsSwap(Op op, Shape a) =>
        a.Rank > 0 && op.Shape.Rank > 0 && a.Length == op.Shape.Length && op.B > 0 && op.Constant > 0 && a.Length % (op.B * op.Constant) == 0;

    private static bool IsIndex(Shape shape) => shape.Rank == 1 && (!shape.Rows.IsBound || shape.Rows.Size == 1);

    private static bool IsPart(Shape part, Shape whole, double first) =>
        part.Rank == 1 && whole.Rank == 1 && part.Rows.IsBound && whole.Rows.IsBound
        && first >= 0 && first == Math.Floor(first) && first + part.Rows.Size <= whole.Rows.Size;

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static ArgumentException Misfit(OpKind kind, string wanted, string given) => new($"{kind} takes {wanted}; the shapes given are {given}.");
}
