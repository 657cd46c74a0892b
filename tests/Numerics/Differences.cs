using System;
using Shouldly;

namespace Recurrent.Tests.Numerics;

/// <summary>Gradients as limits of differences of a loss that is computed in double precision.</summary>
public static class Differences
{
    /// <summary>Floats against doubles over many steps; relative to the largest gradient of the same kind where a gradient is less than 1 % of that.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The central difference of the loss by one number.</summary>
    /// <param name="values">What the loss reads; as before, afterwards.</param>
    /// <param name="position">The number that is moved.</param>
    /// <param name="loss">The loss of the values at hand.</param>
    /// <param name="distance">How far the number is moved to each side.</param>
    public static double At(double[] values, int position, Func<double> loss, double distance = 1e-6)
    {
        double value = values[position];
        values[position] = value + distance;
        double above = loss();
        values[position] = value - distance;
        double below = loss();
        values[position] = value;
        return (above - below) / (2 * distance);
    }

    /// <summary>Holds a gradient of a kernel to a difference.</summary>
    /// <param name="actual">The gradient.</param>
    /// <param name="expected">The difference.</param>
    /// <param name="largest">The largest difference of the same kind.</param>
    /// <param name="what">By what it is the gradient.</param>
    public static void ShouldBeNear(float actual, double expected, double largest, string what) =>
        ((double)actual).ShouldBe(expected, Tolerance * Math.Max(Math.Abs(expected), 0.01 * largest), what);
}
