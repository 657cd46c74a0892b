using System;
using System.Globalization;

namespace Recurrent.Tests.Numerics;

/// <summary>Comparisons that say where two rows of numbers differ.</summary>
public static class Bits
{
    /// <summary>Every float has the same bits; a NaN equals any NaN, because IEEE 754 does not define which one an operation gives.</summary>
    public static void ShouldBeSame(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            bool isSame = BitConverter.SingleToInt32Bits(actual[i]) == BitConverter.SingleToInt32Bits(expected[i])
                || (float.IsNaN(actual[i]) && float.IsNaN(expected[i]));
            if (!isSame)
            {
                Xunit.Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture, $"{what}[{i}] of {actual.Length} is {actual[i]:R}, not the same bits as {expected[i]:R}."));
            }
        }
    }

    /// <summary>Every float is within <paramref name="tolerance"/> of its expected value, absolute up to 1 and relative beyond.</summary>
    public static void ShouldBeNear(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double tolerance, string what)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (!(error <= tolerance))
            {
                Xunit.Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture, $"{what}[{i}] of {actual.Length} is {actual[i]:R}; the equations give {expected[i]:R}, {error:E2} away."));
            }
        }
    }

    public static double[] ToDouble(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[i];
        }

        return result;
    }
}
