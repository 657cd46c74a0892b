using System;

namespace Recurrent;

/// <summary>
/// A matrix of an equation. In a cell's <c>Step</c> it is what the generator reads; called with real values it computes in double
/// precision.
/// </summary>
public sealed class Mat
{
    private readonly double[] _values;

    /// <summary>Makes a matrix.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="values">Its elements, row after row; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of rows or columns is negative.</exception>
    /// <exception cref="ArgumentException">There are not rows x columns elements.</exception>
    public Mat(int rows, int columns, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"A {rows} x {columns} matrix has {(long)rows * columns} elements; {values.Length} were given.", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        _values = values.ToArray();
    }

    /// <summary>How many rows it has.</summary>
    public int Rows { get; }

    /// <summary>How many columns it has.</summary>
    public int Columns { get; }

    /// <summary>An element.</summary>
    /// <param name="row">Its row, from 0.</param>
    /// <param name="column">Its column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public double this[int row, int column]
    {
        get
        {
            CheckPosition(row, Rows, nameof(row));
            CheckPosition(column, Columns, nameof(column));
            return _values[(row * Columns) + column];
        }
    }

    /// <summary>A row.</summary>
    /// <param name="row">Its position, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Vec Row(int row)
    {
        CheckPosition(row, Rows, nameof(row));
        return new(_values.AsSpan(row * Columns, Columns));
    }

    /// <summary>The matrix product with a column vector.</summary>
    /// <exception cref="ArgumentException">The vector does not have one element for each column.</exception>
    public static Vec operator *(Mat left, Vec right)
    {
        if (left.Columns != right.Length)
        {
            throw new ArgumentException($"A {left.Rows} x {left.Columns} matrix multiplies a vector of {left.Columns}; this one has {right.Length}.", nameof(right));
        }

        double[] result = new double[left.Rows];
        for (int row = 0; row < result.Length; row++)
        {
            double sum = 0;
            for (int column = 0; column < left.Columns; column++)
            {
                sum += left._values[(row * left.Columns) + column] * right[column];
            }

            result[row] = sum;
        }

        return Vec.Own(result);
    }

    private static void CheckPosition(int position, int count, string parameterName)
    {
        if ((uint)position >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                parameterName, position, FormattableString.Invariant($"{parameterName} is {position}; from 0 to below {count} is wanted."));
        }
    }
}
