using System;
using System.Linq;

/// <summary>The tokens that number words are read as: the characters of all the languages.</summary>
public static class Alphabet
{
    public const int Count = 48;

    private const string Characters = " -abcdefghijklmnopqrstuvwxyzßáäåçéêëíóöúüąćęıőśş";

    /// <summary>Reads number words.</summary>
    /// <exception cref="FormatException">A character is in no number word of any of the languages.</exception>
    public static int[] Read(string words) => [.. words.ToLowerInvariant().Select(Token)];

    private static int Token(char character)
    {
        int token = Characters.IndexOf(character, StringComparison.Ordinal);
        return token >= 0 ? token : throw new FormatException($"'{character}' is in no number word; the characters of number words are \"{Characters}\".");
    }
}
