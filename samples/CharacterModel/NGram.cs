using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

/// <summary>
/// The character that follows the last few, by counting: an n-gram model with the interpolated smoothing of Witten and Bell, The zero-frequency problem, 1991. Where a
/// context has been followed n times by t different characters, the shorter one has t / (n + t) of the say; behind the empty context all characters are alike.
/// </summary>
public sealed class NGram
{
    private readonly int _order;
    private readonly Dictionary<ulong, int> _followers = [];
    private readonly Dictionary<ulong, (int Count, int Kinds)> _contexts = [];

    /// <summary>Counts.</summary>
    /// <param name="order">Characters of the longest context: at most 8.</param>
    /// <param name="texts">What is learned from.</param>
    public NGram(int order, IEnumerable<int[]> texts)
    {
        _order = order;
        foreach (int[] text in texts)
        {
            for (int i = 1; i < text.Length; i++)
            {
                for (int length = 0; length <= Math.Min(order, i); length++)
                {
                    Count(Context(text, i, length), text[i]);
                }
            }
        }
    }

    /// <summary>Bits that a character of these texts costs.</summary>
    public double BitsPerCharacter(IReadOnlyList<int[]> texts) => texts.Sum(text => Enumerable.Range(1, text.Length - 1).Sum(i => -Math.Log2(Probability(text, i)))) / Corpus.Count(texts);

    /// <summary>A number for each context, and another for each with a character behind it: 7 bits for each, and a 1 in front of all.</summary>
    private static ulong Context(int[] text, int end, int length)
    {
        ulong key = 1;
        foreach (int token in text.AsSpan(end - length, length))
        {
            key = With(key, token);
        }

        return key;
    }

    private static ulong With(ulong key, int token) => (key << 7) | (uint)token;

    private void Count(ulong context, int token)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_followers, With(context, token), out _);
        ref (int Count, int Kinds) all = ref CollectionsMarshal.GetValueRefOrAddDefault(_contexts, context, out _);
        all.Kinds += count == 0 ? 1 : 0;
        all.Count++;
        count++;
    }

    private double Probability(int[] text, int i)
    {
        double probability = 1.0 / Alphabet.Count;
        for (int length = 0; length <= Math.Min(_order, i); length++)
        {
            ulong context = Context(text, i, length);
            if (_contexts.TryGetValue(context, out (int Count, int Kinds) all))
            {
                int count = _followers.GetValueOrDefault(With(context, text[i]));
                probability = (count + all.Kinds * probability) / (all.Count + all.Kinds);
            }
        }

        return probability;
    }
}
