using System;

namespace Recurrent.Tests.Numerics;

/// <summary>Distances in units in the last place of a float.</summary>
public static class Ulps
{
    private const int LeastExponent = -126;
    private const int GreatestExponent = 127;

    /// <summary>How far a float is from the number that it should be; beyond the greatest float, infinity is the float that follows.</summary>
    public static double Error(float actual, double exact) =>
        float.IsInfinity((float)exact) && actual == (float)exact ? 0 : Math.Abs(Finite(actual) - Finite(exact)) / At(exact);

    /// <summary>The distance between floats around a number; that of denormal numbers below them.</summary>
    public static double At(double value)
    {
        int exponent = (int)((BitConverter.DoubleToInt64Bits(Finite(value)) >> 52) & 0x7FF) - 1023;
        return BitConverter.Int64BitsToDouble((long)(Math.Clamp(exponent, LeastExponent, GreatestExponent) - 23 + 1023) << 52);
    }

    /// <summary>A number, or the power of two that follows the floats for infinity.</summary>
    public static double Finite(double value) => double.IsInfinity(value) ? Math.CopySign(Math.ScaleB(1, 128), value) : value;
}
