using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

/// <summary>A word, and which of the languages it is from.</summary>
public readonly record struct Word(string Letters, int Language);

/// <summary>Words of different languages.</summary>
public sealed record Words(string[] Names, Word[] All)
{
    /// <summary>How many languages there are.</summary>
    public const int Languages = 10;

    /// <summary>How many letters words of a family have in common.</summary>
    private const int Stem = 5;

    /// <summary>Reads a folder of files, each of which has words of a language and its name.</summary>
    public static Words Read(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)];
        if (files.Length != Languages)
        {
            throw new InvalidDataException($"{folder} has words of {files.Length} languages; {Languages} are wanted.");
        }

        return new Words(
            Array.ConvertAll(files, file => Path.GetFileNameWithoutExtension(file)),
            [.. files.SelectMany((file, language) => File.ReadAllLines(file).Select(letters => new Word(letters, language)))]);
    }

    /// <summary>
    /// Holds out a part of the words. Those that begin with the same letters are a family, and all of it is on one side: otherwise the network would be asked about
    /// "walking" when it has learned "walked".
    /// </summary>
    public (Word[] Training, Word[] HeldOut) Split(double heldOut, int seed)
    {
        string[] families = [.. All.Select(Family).Distinct().Order(StringComparer.Ordinal)];
        new Random(seed).Shuffle(families);
        HashSet<string> held = [.. families.Take((int)(heldOut * families.Length))];
        return ([.. All.Where(word => !held.Contains(Family(word)))], [.. All.Where(word => held.Contains(Family(word)))]);
    }

    private static string Family(Word word) => word.Letters[..Math.Min(Stem, word.Letters.Length)];
}
