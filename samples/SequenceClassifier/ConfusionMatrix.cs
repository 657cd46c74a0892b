using System;
using System.Collections.Generic;
using System.Linq;

/// <summary>How many words of each language are taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts = new int[Words.Languages, Words.Languages];

    /// <param name="words">Words, with the languages that they are from.</param>
    /// <param name="classify">The language that a word seems to be from.</param>
    public ConfusionMatrix(IEnumerable<Word> words, Func<Word, int> classify)
    {
        foreach (Word word in words)
        {
            _counts[word.Language, classify(word)]++;
        }
    }

    /// <summary>The share of all words that get the right answer.</summary>
    public double Accuracy => (double)Languages.Sum(language => _counts[language, language]) / Languages.Sum(WordsOf);

    /// <summary>The two different languages of which the first is taken for the second most often.</summary>
    public (int Language, int Answer) Worst => Languages
        .SelectMany(language => Languages.Where(answer => answer != language).Select(answer => (language, answer)))
        .MaxBy(pair => Share(pair.language, pair.answer));

    private static IEnumerable<int> Languages => Enumerable.Range(0, Words.Languages);

    /// <summary>The share of a language's words that get an answer.</summary>
    public double Share(int language, int answer) => (double)_counts[language, answer] / WordsOf(language);

    private int WordsOf(int language) => Languages.Sum(answer => _counts[language, answer]);
}
