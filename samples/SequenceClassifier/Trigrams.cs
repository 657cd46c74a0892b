using System;
using System.Collections.Generic;
using System.Linq;

/// <summary>
/// How often three letters follow each other in each language (naive Bayes), a word's ends among them: older than networks that read, and hard to beat.
/// </summary>
public sealed class Trigrams
{
    private const double Smoothing = 0.1; // What every count begins with: a trigram that was never seen is rare, and not impossible.

    private readonly Dictionary<string, int>[] _counts = [.. Enumerable.Range(0, Words.Languages).Select(_ => new Dictionary<string, int>())];
    private readonly double[] _totals;

    public Trigrams(IEnumerable<Word> words)
    {
        foreach (Word word in words)
        {
            foreach (string trigram in Of(word))
            {
                _counts[word.Language][trigram] = _counts[word.Language].GetValueOrDefault(trigram) + 1;
            }
        }

        int kinds = _counts.SelectMany(counts => counts.Keys).Distinct().Count();
        _totals = Array.ConvertAll(_counts, counts => counts.Values.Sum() + (Smoothing * kinds));
    }

    /// <summary>How many counts are above 0: what has been learned.</summary>
    public int Counts => _counts.Sum(counts => counts.Count);

    /// <summary>The language that a word seems to be from: the one in which its trigrams are the likeliest.</summary>
    public int Classify(Word word) => Enumerable.Range(0, Words.Languages).MaxBy(language => Of(word).Sum(
        trigram => Math.Log((_counts[language].GetValueOrDefault(trigram) + Smoothing) / _totals[language])));

    private static IEnumerable<string> Of(Word word)
    {
        string letters = $"  {word.Letters} ";
        return Enumerable.Range(0, letters.Length - 2).Select(start => letters.Substring(start, 3));
    }
}
