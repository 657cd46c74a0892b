using System;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>The sum of all elements; 0 where there are none.</summary>
    public static double Sum(Vec x)
    {
        double sum = 0;
        foreach (double value in x.AsSpan())
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The mean of all elements; NaN where there are none.</summary>
    public static double Mean(Vec x) => Sum(x) / x.Length;

    /// <summary>The greatest element; NaN where one is.</summary>
    /// <exception cref="ArgumentException">The vector has no elements.</exception>
    public static double Max(Vec x)
    {
        if (x.Length == 0)
        {
            throw new ArgumentException("The greatest element of a vector with 0 elements; at least 1 is wanted.", nameof(x));
        }

        double greatest = double.NegativeInfinity;
        foreach (double value in x.AsSpan())
        {
            greatest = Math.Max(greatest, value);
        }

        return greatest;
    }

    /// <summary>The Euclidean norm: the square root of the sum of all squares; at least 0.</summary>
    public static double Norm(Vec x) => Math.Sqrt(Sum(x * x));

    /// <summary>The sum of the products, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static double Dot(Vec left, Vec right) => Sum(Vec.Zip(left, right, nameof(Dot), static (a, b) => a * b));
}
