using System;

namespace Recurrent;

/// <summary>
/// The memory of Voelker, Kajić and Eliasmith, Legendre memory units, 2019: n dm/dt = A m + B u, held over time steps of length 1.
/// Only sums, products and quotients in one order, hence the same bits on every machine.
/// </summary>
internal static class LegendreMemory
{
    /// <summary>With a norm of at most 1/2, (1/2)^k / k! is below 2^-60 from here on.</summary>
    private const int Terms = 15;

    /// <summary>Fills a matrix with what the memory keeps.</summary>
    /// <param name="shape">Its shape; the order of the memory is its rows, and columns beyond them are 0.</param>
    /// <param name="window">The n of the equation: how many time steps the memory reaches back, at least 1.</param>
    /// <param name="values">Receives it, row after row.</param>
    public static void FillState(TensorShape shape, int window, Span<float> values)
    {
        double[] held = Held(shape.Rows, window);
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % shape.Columns;
            values[i] = column < shape.Rows ? (float)held[((i / shape.Columns) * (shape.Rows + 1)) + column] : 0;
        }
    }

    /// <summary>Fills a vector with what an input adds.</summary>
    /// <param name="shape">Its shape; the order of the memory is its rows, and all columns are the same.</param>
    /// <param name="window">The n of the equation.</param>
    /// <param name="values">Receives it.</param>
    public static void FillInput(TensorShape shape, int window, Span<float> values)
    {
        double[] held = Held(shape.Rows, window);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)held[((i / shape.Columns) * (shape.Rows + 1)) + shape.Rows];
        }
    }

    /// <summary>
    /// exp of the matrix (A B; 0 0) / n, one row and column larger than A: the zero-order hold of A with that of B as its last column.
    /// </summary>
    private static double[] Held(int order, int window)
    {
        int size = order + 1;
        double[] exponent = new double[size * size];
        for (int i = 0; i < order; i++)
        {
            double scale = ((2.0 * i) + 1) / window;
            for (int j = 0; j < order; j++)
            {
                exponent[(i * size) + j] = i < j || (i - j) % 2 == 0 ? -scale : scale;
            }

            exponent[(i * size) + order] = i % 2 == 0 ? scale : -scale;
        }

        // exp(X) = exp(X / 2^s)^(2^s), s such that the greatest sum of a row is at most 1/2; the last row's is the greatest.
        int squarings = 0;
        for (double norm = size * ((2.0 * order) - 1) / window; norm > 0.5; norm /= 2)
        {
            squarings++;
        }

        double[] small = Array.ConvertAll(exponent, value => value / Math.ScaleB(1, squarings));
        double[] result = Identity(size);
        for (int term = Terms; term > 0; term--)
        {
            result = Product(small, result, size);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (result[i] / term) + (i % (size + 1) == 0 ? 1 : 0);
            }
        }

        for (int i = 0; i < squarings; i++)
        {
            result = Product(result, result, size);
        }

        return result;
    }

    private static double[] Identity(int size)
    {
        double[] identity = new double[size * size];
        for (int i = 0; i < identity.Length; i += size + 1)
        {
            identity[i] = 1;
        }

        return identity;
    }

    private static double[] Product(double[] left, double[] right, int size)
    {
        double[] product = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = product.AsSpan(i * size, size);
            for (int k = 0; k < size; k++)
            {
                double factor = left[(i * size) + k];
                ReadOnlySpan<double> other = right.AsSpan(k * size, size);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * other[j];
                }
            }
        }

        return product;
    }
}
