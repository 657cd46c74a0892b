using System;

namespace Recurrent;

/// <summary>
/// A matrix of an equation. In a cell's <c>Step</c> it is what the generator reads; called with real values it computes in double
/// precision. <c>Mat * Vec</c> is the matrix product; two matrices are multiplied element by element by <see cref="Equations.Multiply"/>.
/// </summary>
public sealed class Mat
{
    private readonly double[] _values;

    private Mat(int rows, int columns, double[] values) => (Rows, Columns, _values) = (rows, columns, values);

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
            throw new ArgumentException(
                FormattableString.Invariant($"A {rows} x {columns} matrix has {(long)rows * columns} elements; {values.Length} were given."), nameof(values));
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

    /// <summary>All elements, row after row.</summary>
    public ReadOnlySpan<double> AsSpan() => _values;

    /// <summary>The sum, element by element.</summary>
    /// <exception cref="ArgumentException">The matrices are of different shapes.</exception>
    public static Mat operator +(Mat left, Mat right) => Zip(left, right, "+", static (a, b) => a + b);

    /// <summary>Adds a number to every element.</summary>
    public static Mat operator +(double left, Mat right) => right.Map(b => left + b);

    /// <summary>Adds a number to every element.</summary>
    public static Mat operator +(Mat left, double right) => left.Map(a => a + right);

    /// <summary>The difference, element by element.</summary>
    /// <exception cref="ArgumentException">The matrices are of different shapes.</exception>
    public static Mat operator -(Mat left, Mat right) => Zip(left, right, "-", static (a, b) => a - b);

    /// <summary>Subtracts every element from a number.</summary>
    public static Mat operator -(double left, Mat right) => right.Map(b => left - b);

    /// <summary>Subtracts a number from every element.</summary>
    public static Mat operator -(Mat left, double right) => left.Map(a => a - right);

    /// <summary>Every element with its sign changed.</summary>
    public static Mat operator -(Mat operand) => operand.Map(static a => -a);

    /// <summary>Multiplies every element by a number.</summary>
    public static Mat operator *(double left, Mat right) => right.Map(b => left * b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Mat operator *(Mat left, double right) => left.Map(a => a * right);

    /// <summary>Divides a number by every element.</summary>
    public static Mat operator /(double left, Mat right) => right.Map(b => left / b);

    /// <summary>Divides every element by a number.</summary>
    public static Mat operator /(Mat left, double right) => left.Map(a => a / right);

    /// <summary>The matrix product with a column vector.</summary>
    /// <exception cref="ArgumentException">The vector does not have one element for each column.</exception>
    public static Vec operator *(Mat left, Vec right)
    {
        if (left.Columns != right.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A {left.Rows} x {left.Columns} matrix multiplies a vector of {left.Columns}; this one has {right.Length}."), nameof(right));
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

    /// <summary>A matrix made of its elements.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="element">Gives the element of a row and a column.</param>
    internal static Mat Make(int rows, int columns, Func<int, int, double> element)
    {
        double[] values = new double[checked(rows * columns)];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[(row * columns) + column] = element(row, column);
            }
        }

        return new(rows, columns, values);
    }

    internal Mat Map(Func<double, double> function) => new(Rows, Columns, Array.ConvertAll(_values, value => function(value)));

    /// <summary>A function of two elements, element by element.</summary>
    /// <param name="left">The first operands.</param>
    /// <param name="right">The second operands.</param>
    /// <param name="name">The word or the sign that the user wrote.</param>
    /// <param name="function">The function.</param>
    internal static Mat Zip(Mat left, Mat right, string name, Func<double, double, double> function)
    {
        if (left.Rows != right.Rows || left.Columns != right.Columns)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' needs two matrices of one shape; the left one is {left.Rows} x {left.Columns}, the right one {right.Rows} x {right.Columns}."),
                nameof(right));
        }

        return Make(left.Rows, left.Columns, (row, column) => function(left[row, column], right[row, column]));
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
