using System;
using Shouldly;

namespace Recurrent.Tests.Words;

/// <summary>Compares all elements at once, to about the last bits of a double.</summary>
internal static class Elements
{
    public static void ShouldHold(this Vec actual, params double[] expected) => ShouldBeNear(actual.AsSpan(), expected);

    public static void ShouldHold(this Mat actual, int rows, int columns, params double[] expected)
    {
        (actual.Rows, actual.Columns).ShouldBe((rows, columns));
        ShouldBeNear(actual.AsSpan(), expected);
    }

    /// <summary>Holds also between equal infinities and between NaNs, and for a tolerance of 0.</summary>
    public static void ShouldBeNear(this double actual, double expected, double tolerance, string? message = null)
    {
        if (!actual.Equals(expected) && !(double.IsFinite(expected) && Math.Abs(actual - expected) <= tolerance))
        {
            actual.ShouldBe(expected, message);
        }
    }

    private static void ShouldBeNear(ReadOnlySpan<double> actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBeNear(expected[i], 4e-15 * Math.Abs(expected[i]), $"element {i}");
        }
    }
}
