using System;
using System.Linq;

/// <summary>The tokens that a number is written with: ten digits, and what stands in front of them and behind.</summary>
public static class Digits
{
    public const int Start = 10;
    public const int End = 11;
    public const int Count = 12;

    public static int[] Read(int number) => [.. FormattableString.Invariant($"{number}").Select(digit => digit - '0')];

    public static string Write(ReadOnlySpan<int> digits)
    {
        Span<char> text = new char[digits.Length];
        for (int i = 0; i < digits.Length; i++)
        {
            text[i] = digits[i] < Start ? (char)('0' + digits[i]) : '?'; // The start may come again where a network has learned little.
        }

        return new string(text);
    }
}
