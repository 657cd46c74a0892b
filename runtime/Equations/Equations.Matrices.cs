using System;
using System.Globalization;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>The product of two matrices, element by element; <c>Mat * Vec</c> is the other product.</summary>
    /// <exception cref="ArgumentException">The matrices are of different shapes.</exception>
    public static Mat Multiply(Mat left, Mat right) => Mat.Zip(left, right, nameof(Multiply), static (a, b) => a * b);

    /// <summary>The outer product: the matrix whose element (i, j) is left[i] right[j].</summary>
    public static Mat Outer(Vec left, Vec right) => Mat.Make(left.Length, right.Length, (row, column) => left[row] * right[column]);

    /// <summary>The transpose: rows become columns. <c>Transpose(A) * v</c> reads A as it is stored.</summary>
    public static Mat Transpose(Mat m) => Mat.Make(m.Columns, m.Rows, (row, column) => m[column, row]);

    /// <summary>Each row times a number of its own: element (i, j) is v[i] m[i, j].</summary>
    /// <param name="m">A matrix.</param>
    /// <param name="v">One element for each row.</param>
    /// <exception cref="ArgumentException">The vector does not have one element for each row.</exception>
    public static Mat ScaleRows(Mat m, Vec v)
    {
        CheckScale(nameof(ScaleRows), "row", m, m.Rows, v);
        return Mat.Make(m.Rows, m.Columns, (row, column) => m[row, column] * v[row]);
    }

    /// <summary>Each column times a number of its own: element (i, j) is m[i, j] v[j].</summary>
    /// <param name="m">A matrix.</param>
    /// <param name="v">One element for each column.</param>
    /// <exception cref="ArgumentException">The vector does not have one element for each column.</exception>
    public static Mat ScaleColumns(Mat m, Vec v)
    {
        CheckScale(nameof(ScaleColumns), "column", m, m.Columns, v);
        return Mat.Make(m.Rows, m.Columns, (row, column) => m[row, column] * v[column]);
    }

    /// <summary>
    /// One time step of a convolution: element c is the sum over k and j of weight[c, j kernel + k] x[k, g + j], x being frames one behind the other, the oldest
    /// first, and g the first channel of the group that c belongs to. Rows of the weight, each PyTorch's [channels / groups, kernel], and channels of
    /// a frame are divided alike among as many groups as the channels of a frame are times the columns of the weight over <paramref name="kernel"/>.
    /// </summary>
    /// <param name="weight">The filters, one in a row.</param>
    /// <param name="frames">What they read.</param>
    /// <param name="kernel">How many frames there are.</param>
    /// <exception cref="ArgumentException">The frames, or the filters, cannot be divided so.</exception>
    public static Vec Convolve(Mat weight, Vec frames, int kernel)
    {
        int channels = kernel < 1 ? 0 : frames.Length / kernel;
        int depth = kernel < 1 ? 0 : weight.Columns / kernel;
        int groups = depth < 1 ? 0 : channels / depth;
        if (groups < 1 || kernel * channels != frames.Length || kernel * depth != weight.Columns || groups * depth != channels || weight.Rows % groups != 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The filters [{weight.Rows}, {weight.Columns}] do not divide {frames.Length} elements in {kernel} frames, and themselves, into groups."), nameof(weight));
        }

        double[] sums = new double[weight.Rows];
        for (int row = 0; row < sums.Length; row++)
        {
            int first = row / (weight.Rows / groups) * depth;
            for (int channel = 0; channel < depth; channel++)
            {
                for (int frame = 0; frame < kernel; frame++)
                {
                    sums[row] += weight[row, (channel * kernel) + frame] * frames[(frame * channels) + first + channel];
                }
            }
        }

        return Vec.Own(sums);
    }

    /// <summary>The sum of each row: element i is the sum of m[i, j] over j.</summary>
    public static Vec RowSums(Mat m)
    {
        double[] sums = new double[m.Rows];
        for (int row = 0; row < m.Rows; row++)
        {
            for (int column = 0; column < m.Columns; column++)
            {
                sums[row] += m[row, column];
            }
        }

        return Vec.Own(sums);
    }

    /// <summary>The sum of each column: element j is the sum of m[i, j] over i.</summary>
    public static Vec ColumnSums(Mat m) => RowSums(Transpose(m));

    /// <summary>The row of a table whose position, from 0, is the one element of <paramref name="index"/>.</summary>
    /// <param name="table">One row for each index.</param>
    /// <param name="index">A vector of one element, a whole number.</param>
    /// <exception cref="ArgumentException">The index is no row of the table.</exception>
    public static Vec Row(Mat table, Vec index)
    {
        if (index.Length != 1 || !(index[0] >= 0 && index[0] < table.Rows) || index[0] != Math.Floor(index[0]))
        {
            string given = index.Length == 1
                ? FormattableString.Invariant($"this one is {index[0]}")
                : FormattableString.Invariant($"this vector has {index.Length} elements");
            throw new ArgumentException(FormattableString.Invariant($"An index is one whole number from 0 to {table.Rows - 1}; {given}."), nameof(index));
        }

        return table.Row((int)index[0]);
    }

    private static void CheckScale(string word, string line, Mat m, int wanted, Vec v)
    {
        if (v.Length != wanted)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{word}' of a {m.Rows} x {m.Columns} matrix needs one element for each {line}, {wanted}; the vector has {v.Length}."), nameof(v));
        }
    }
}
