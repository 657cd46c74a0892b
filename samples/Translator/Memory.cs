using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

/// <summary>
/// The answer of who learns nothing and remembers all: the thousands of the number whose words begin alike for longest, and the last three digits of the one whose words end alike
/// for longest, among those that the network learns from. Unlike the network, it is told which language it reads.
/// </summary>
public sealed class Memory(IEnumerable<NumberWords> numbers)
{
    private const int Thousand = 1000;

    private readonly ILookup<string, NumberWords> _numbers = numbers.ToLookup(number => number.Language);

    /// <summary>The digits of a number.</summary>
    public string Read(NumberWords asked)
    {
        NumberWords beginning = Closest(asked.Language, known => known.Words.AsSpan().CommonPrefixLength(asked.Words));
        NumberWords end = Closest(asked.Language, known => CommonSuffixLength(known.Words, asked.Words));
        return (beginning.Number / Thousand * Thousand + end.Number % Thousand).ToString(CultureInfo.InvariantCulture);
    }

    private static int CommonSuffixLength(string left, string right)
    {
        int length = 0;
        while (length < Math.Min(left.Length, right.Length) && left[^(length + 1)] == right[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    /// <summary>Among those that are alike for as long, the one with the fewest words.</summary>
    private NumberWords Closest(string language, Func<NumberWords, int> alike) =>
        _numbers[language].OrderByDescending(alike).ThenBy(known => known.Words.Length).First();
}
