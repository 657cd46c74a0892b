using System;

/// <summary>The network's tokens: the line's end and the 95 characters of ASCII that are printed.</summary>
public static class Alphabet
{
    public const int Count = 96;

    /// <summary>The token that a line ends with; where a text begins, one has just ended.</summary>
    public const int LineEnd = 0;

    private const char Unknown = '?';

    public static int[] Read(string text)
    {
        int[] tokens = new int[text.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = Token(text[i]);
        }

        return tokens;
    }

    public static string Write(ReadOnlySpan<int> tokens)
    {
        Span<char> text = new char[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            text[i] = tokens[i] == LineEnd ? '\n' : (char)(' ' + tokens[i] - 1);
        }

        return new string(text);
    }

    private static int Token(char character) => character switch
    {
        '\n' => LineEnd,
        >= ' ' and <= '~' => character - ' ' + 1,
        _ => Unknown - ' ' + 1,
    };
}
