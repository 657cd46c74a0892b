using System;
using System.Globalization;

namespace Recurrent;

/// <summary>The shape of a vector or a matrix.</summary>
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

    /// <summary>Rows of a matrix, or elements of a vector.</summary>
    public int Rows { get; }

    /// <summary>Columns of a matrix; 1 for a vector.</summary>
    public int Columns { get; }

    /// <summary>1 for a vector, 2 for a matrix.</summary>
    public int Rank { get; }

    /// <summary>Rows times columns.</summary>
    public int Length => Rows * Columns;

    /// <summary>Takes the shape apart.</summary>
    /// <param name="rows"><see cref="Rows"/></param>
    /// <param name="columns"><see cref="Columns"/></param>
    public void Deconstruct(out int rows, out int columns) => (rows, columns) = (Rows, Columns);

    /// <summary>The shape as PyTorch prints it: <c>[48, 22]</c> or <c>[48]</c>.</summary>
    public override string ToString() => Rank == 1
        ? string.Create(CultureInfo.InvariantCulture, $"[{Rows}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{Rows}, {Columns}]");
}
