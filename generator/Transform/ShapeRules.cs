using System;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>
/// The shape that an operation gives for the shapes of its operands. Dimensions are compared by equality, so a name equals itself alone,
/// whatever size it will be bound to.
/// </summary>
public static class ShapeRules
{
    /// <summary>The shape of an operation's result.</summary>
    /// <param name="kind">An operation whose shape follows from its operands: no leaf, and not <see cref="OpKind.RowGradient"/>.</param>
    /// <param name="a">The shape of the first operand.</param>
    /// <param name="b">The shape of the second operand; not read where there is none.</param>
    /// <exception cref="ArgumentException">The shapes do not fit the operation, or its shape does not follow from them.</exception>
    public static Shape Of(OpKind kind, Shape a, Shape b = default) => kind switch
    {
        OpKind.Add or OpKind.Subtract or OpKind.Multiply when a == b || b.Rank == 0 => a,
        OpKind.Add or OpKind.Subtract or OpKind.Multiply when a.Rank == 0 => b,
        OpKind.Add or OpKind.Subtract or OpKind.Multiply => throw Misfit(kind, "two operands of one shape, or a scalar beside any shape", $"{a} and {b}"),
        >= OpKind.Negate and <= OpKind.Activate => a,
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

    /// <summary>Checks a <see cref="OpKind.RowGradient"/>, whose number of rows its operands do not tell.</summary>
    /// <param name="row">The shape of the row that is not 0.</param>
    /// <param name="index">The shape of its position.</param>
    /// <param name="matrix">The shape of the result.</param>
    /// <returns><paramref name="matrix"/>.</returns>
    /// <exception cref="ArgumentException">The row does not fit the matrix, or the position is not one element.</exception>
    public static Shape OfRowGradient(Shape row, Shape index, Shape matrix) =>
        matrix.Rank == 2 && row == Shape.Vector(matrix.Columns) && IsIndex(index)
            ? matrix
            : throw Misfit(OpKind.RowGradient, "a row of the result and a vector of one element", $"{row} and {index} for {matrix}");

    private static bool IsIndex(Shape shape) => shape.Rank == 1 && (!shape.Rows.IsBound || shape.Rows.Size == 1);

    private static ArgumentException Misfit(OpKind kind, string wanted, string given) => new($"{kind} takes {wanted}; the shapes given are {given}.");
}
