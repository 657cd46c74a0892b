using System;

/// <summary>What networks read of a word.</summary>
public static class Inputs
{
    /// <summary>A time step for each letter: its number.</summary>
    public static float[] Letters(Word word) => Array.ConvertAll(word.Letters.ToCharArray(), letter => (float)Alphabet.IndexOf(letter));

    /// <summary>One time step: how often each letter is in the word.</summary>
    public static float[] Counts(Word word)
    {
        float[] counts = new float[Alphabet.Size];
        foreach (char letter in word.Letters)
        {
            counts[Alphabet.IndexOf(letter)]++;
        }

        return counts;
    }
}
