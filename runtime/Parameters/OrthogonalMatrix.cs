using System;

namespace Recurrent;

/// <summary>
/// Random matrices with orthonormal rows or columns, uniformly distributed among all of them: the orthogonal factor of a matrix of normal numbers, with
/// the signs for which the diagonal of the triangular factor is positive (Mezzadri, How to generate random matrices from the classical compact groups, Notices of
/// the AMS 54, 2007). Only sums, products, quotients and square roots in one order, hence the same bits on every machine.
/// </summary>
internal static class OrthogonalMatrix
{
    /// <summary>A vector of which less is left, once its projections are taken off, has them taken off again: Giraud, Langou and Rozložník, 2005.</summary>
    private const double LeastRest = 0.1;

    /// <summary>Fills a matrix.</summary>
    /// <param name="shape">Its shape; a vector has one column.</param>
    /// <param name="scale">The length of each of the orthogonal vectors.</param>
    /// <param name="random">Where the normal numbers come from.</param>
    /// <param name="values">Receives the matrix, row after row.</param>
    public static void Fill(TensorShape shape, double scale, ref SplitMix64 random, Span<float> values)
    {
        bool areRows = shape.Rows <= shape.Columns;
        (int count, int length) = areRows ? (shape.Rows, shape.Columns) : (shape.Columns, shape.Rows);
        double[] basis = new double[count * length];
        for (int i = 0; i < count; i++)
        {
            Span<double> vector = basis.AsSpan(i * length, length);
            do
            {
                foreach (ref double value in vector)
                {
                    value = NormalDistribution.Next(ref random);
                }
            }
            while (!Orthonormalize(vector, basis.AsSpan(0, i * length)));

            for (int k = 0; k < length; k++)
            {
                values[areRows ? (i * length) + k : (k * count) + i] = (float)(scale * vector[k]);
            }
        }
    }

    /// <summary>The modified method of Gram and Schmidt: takes a vector's projections onto the basis off it and gives it the length 1.</summary>
    /// <returns>False where nothing is left of it.</returns>
    private static bool Orthonormalize(Span<double> vector, ReadOnlySpan<double> basis)
    {
        double before = Math.Sqrt(Dot(vector, vector));
        for (int round = 0; round < 3; round++)
        {
            for (ReadOnlySpan<double> rest = basis; !rest.IsEmpty; rest = rest[vector.Length..])
            {
                TakeOff(vector, rest[..vector.Length], Dot(vector, rest[..vector.Length]));
            }

            double after = Math.Sqrt(Dot(vector, vector));
            if (after > LeastRest * before)
            {
                foreach (ref double value in vector)
                {
                    value /= after;
                }

                return true;
            }

            before = after;
        }

        return false;
    }

    private static void TakeOff(Span<double> vector, ReadOnlySpan<double> direction, double length)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            vector[k] -= length * direction[k];
        }
    }

    /// <summary>Four partial sums: one would wait for each addition.</summary>
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        (double a, double b, double c, double d) = (0, 0, 0, 0);
        int k = 0;
        for (; k + 4 <= left.Length; k += 4)
        {
            a += left[k] * right[k];
            b += left[k + 1] * right[k + 1];
            c += left[k + 2] * right[k + 2];
            d += left[k + 3] * right[k + 3];
        }

        for (; k < left.Length; k++)
        {
            a += left[k] * right[k];
        }

        return a + b + (c + d);
    }
}
