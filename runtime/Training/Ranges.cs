using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Recurrent.Training;

/// <summary>Checks of settings: each gives back what it was given, or says what was wanted.</summary>
internal static class Ranges
{
    public static int AtLeast(int value, int minimum, [CallerMemberName] string name = "") => value >= minimum
        ? value
        : throw Outside(name, value, string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"));

    public static long AtLeast(long value, long minimum, [CallerMemberName] string name = "") => value >= minimum
        ? value
        : throw Outside(name, value, string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"));

    public static double FiniteAtLeastZero(double value, [CallerMemberName] string name = "") => value >= 0 && double.IsFinite(value)
        ? value
        : throw Outside(name, value, "a finite number of at least 0");

    public static double FiniteAboveZero(double value, [CallerMemberName] string name = "") => value > 0 && double.IsFinite(value)
        ? value
        : throw Outside(name, value, "a finite number above 0");

    public static double AboveZero(double value, [CallerMemberName] string name = "") => value > 0
        ? value
        : throw Outside(name, value, "a number above 0");

    public static double Decay(double value, [CallerMemberName] string name = "") => value is >= 0 and < 1
        ? value
        : throw Outside(name, value, "at least 0 and below 1");

    public static double Portion(double value, [CallerMemberName] string name = "") => value is >= 0 and <= 1
        ? value
        : throw Outside(name, value, "at least 0 and at most 1");

    public static double Inside(double value, [CallerMemberName] string name = "") => value is > 0 and < 1
        ? value
        : throw Outside(name, value, "above 0 and below 1");

    public static ReadOnlyMemory<float> FiniteAtLeastZero(ReadOnlyMemory<float> values, [CallerMemberName] string name = "")
    {
        ReadOnlySpan<float> span = values.Span;
        for (int i = 0; i < span.Length; i++)
        {
            if (!(span[i] >= 0 && float.IsFinite(span[i])))
            {
                throw Outside(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), span[i], "a finite number of at least 0");
            }
        }

        return values;
    }

    private static ArgumentOutOfRangeException Outside(string name, IFormattable value, string wanted) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; {wanted} is wanted."));
}
