using System;
using System.Globalization;

namespace Recurrent;

/// <summary>The shape of a vector, of a matrix, or of a matrix whose rows are matrices in files.</summary>
public readonly record struct TensorShape
{
    /// <summary>The shape of a vector.</summary>
    /// <param name="length">Its elements; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public TensorShape(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Rows = length;
        Columns = 1;
        Rank = 1;
    }

    /// <summary>The shape of a matrix.</summary>
    /// <param name="rows">Its rows: what it gives; at least 0.</param>
    /// <param name="columns">Its columns: what it reads; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the product is more than <see cref="int.MaxValue"/>.</exception>
    public TensorShape(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if ((long)rows * columns > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(columns),
                columns,
                string.Create(CultureInfo.InvariantCulture, $"[{rows}, {columns}] has {(long)rows * columns} elements; at most {int.MaxValue} are wanted."));
        }

        Rows = rows;
        Columns = columns;
        Rank = 2;
    }

    /// <summary>The shape of three dimensions that filters have: rows of [<paramref name="inner"/>, <paramref name="depth"/>].</summary>
    /// <param name="rows">The first dimension; at least 0.</param>
    /// <param name="inner">The second; at least 0.</param>
    /// <param name="depth">The last; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its bound, or the product is more than <see cref="int.MaxValue"/>.</exception>
    public TensorShape(int rows, int inner, int depth)
        : this(rows, Row(inner, depth))
    {
        Depth = depth;
        Rank = 3;
    }

    /// <summary>Rows of a matrix, or elements of a vector.</summary>
    public int Rows { get; }

    /// <summary>Columns of a matrix; 1 for a vector; the elements of a row where there are three dimensions.</summary>
    public int Columns { get; }

    /// <summary>The last of three dimensions; 0 where there are fewer.</summary>
    public int Depth { get; }

    /// <summary>1 for a vector, 2 for a matrix, 3 where there is a <see cref="Depth"/>.</summary>
    public int Rank { get; }

    /// <summary>Rows times columns.</summary>
    public int Length => Rows * Columns;

    /// <summary>Takes the shape apart.</summary>
    /// <param name="rows"><see cref="Rows"/></param>
    /// <param name="columns"><see cref="Columns"/></param>
    public void Deconstruct(out int rows, out int columns) => (rows, columns) = (Rows, Columns);

    /// <summary>The shape as PyTorch prints it: <c>[48, 22]</c>, <c>[48]</c> or <c>[48, 22, 3]</c>.</summary>
    public override string ToString() => Rank == 1 ? string.Create(CultureInfo.InvariantCulture, $"[{Rows}]")
        : Rank == 3 ? string.Create(CultureInfo.InvariantCulture, $"[{Rows}, {Columns / Depth}, {Depth}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{Rows}, {Columns}]");

    private static int Row(int inner, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        return (long)inner * depth <= int.MaxValue ? inner * depth
            : throw new ArgumentOutOfRangeException(
                nameof(depth),
                depth,
                string.Create(CultureInfo.InvariantCulture, $"[{inner}, {depth}] has {(long)inner * depth} elements; at most {int.MaxValue} are wanted."));
    }
}
