using System;
using Shouldly;

namespace Recurrent.Tests.Training;

internal static class Numbers
{
    /// <summary>Numbers from -2 to 2.</summary>
    public static float[] Random(int length, int seed)
    {
        Random random = new(seed);
        float[] numbers = new float[length];
        foreach (ref float number in numbers.AsSpan())
        {
            number = 4 * random.NextSingle() - 2;
        }

        return numbers;
    }

    /// <summary>Compares gradients with central differences of a function that is computed in double precision.</summary>
    public static void ShouldBeGradientOf(float[] gradients, Func<double[], double> function, float[] at)
    {
        const double Distance = 1e-5;
        double[] point = Array.ConvertAll(at, value => (double)value);
        for (int i = 0; i < at.Length; i++)
        {
            point[i] = at[i] + Distance;
            double above = function(point);
            point[i] = at[i] - Distance;
            double below = function(point);
            point[i] = at[i];
            ((double)gradients[i]).ShouldBe((above - below) / (2 * Distance), 2e-6, $"gradient {i}");
        }
    }
}
