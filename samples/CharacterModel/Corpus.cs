using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent.Training;

/// <summary>The chapters to learn from, and those that nobody sees until they are scored: every tenth.</summary>
public sealed record Corpus(int[][] Training, int[][] HeldOut)
{
    private const int Tenth = 10;

    /// <summary>Reads the first chapters of a text that has an empty line between them.</summary>
    public static Corpus Read(string path, int most)
    {
        string[] chapters = File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        ILookup<bool, int[]> parts = chapters
            .Take(most)
            .Select((chapter, i) => (Tokens: Alphabet.Read('\n' + chapter.Trim('\n') + '\n'), IsHeldOut: i % Tenth == Tenth - 1))
            .ToLookup(part => part.IsHeldOut, part => part.Tokens);
        return parts[true].Any()
            ? new Corpus([.. parts[false]], [.. parts[true]])
            : throw new InvalidDataException($"{path} has {chapters.Length} chapters; at least {Tenth} are wanted, with an empty line between them.");
    }

    /// <summary>How many characters there are to predict: all but the first of each text.</summary>
    public static int Count(IEnumerable<int[]> texts) => texts.Sum(text => text.Length - 1);

    /// <summary>All that is learned from, as streams of one length, to be read side by side.</summary>
    public TrainingSequence[] Streams(int count)
    {
        int[] all = [.. Training.SelectMany(chapter => chapter)];
        int length = all.Length / count;
        return [.. Enumerable.Range(0, count).Select(i => TrainingSequence.OneToMany(all.AsSpan(i * length, length)))];
    }

    /// <summary>What is scored, chapter by chapter. Each counts by its length, so that their mean loss is that of a character.</summary>
    public TrainingSequence[] Scored()
    {
        double meanLength = (double)Count(HeldOut) / HeldOut.Length;
        return [.. HeldOut.Select(chapter => TrainingSequence.OneToMany(chapter) with { Weight = (float)((chapter.Length - 1) / meanLength) })];
    }
}
