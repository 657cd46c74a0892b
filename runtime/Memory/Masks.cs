using System;
using System.ComponentModel;

namespace Recurrent;

/// <summary>Writes the masks of training passes, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Masks
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Writes one value for every element of a mask.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="first">Where the mask of the first time step begins.</param>
    /// <param name="steps">Time steps; may be 0.</param>
    /// <param name="stride">Floats from one time step's mask to the next one's.</param>
    /// <param name="length">Elements of the mask.</param>
    /// <param name="value">The value.</param>
    public static void Fill(Span<float> tape, int first, int steps, int stride, int length, float value)
    {
        for (int t = 0; t < steps; t++)
        {
            tape.Slice(first + (t * stride), length).Fill(value);
        }
    }

    /// <summary>Draws every element of a mask from two values.</summary>
    /// <remarks>
    /// Element i of time step t is a function of the seed, the mask and t length + i alone: the numbers of <see cref="SplitMix64"/>, computed each by itself, from a
    /// place that the seed and the mask choose. So they are the same in whatever order they are drawn, and on every machine.
    /// </remarks>
    /// <param name="tape">The tape.</param>
    /// <param name="first">Where the mask of the first time step begins.</param>
    /// <param name="steps">Time steps; may be 0.</param>
    /// <param name="stride">Floats from one time step's mask to the next one's.</param>
    /// <param name="length">Elements of the mask.</param>
    /// <param name="probability">The probability of the first value; at least 0, less than 1.</param>
    /// <param name="chosen">The first value.</param>
    /// <param name="other">The other value.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="mask">The number of the mask in its network.</param>
    public static void Draw(Span<float> tape, int first, int steps, int stride, int length, double probability, float chosen, float other, ulong seed, int mask)
    {
        for (int t = 0; t < steps; t++)
        {
            DrawStep(tape.Slice(first + (t * stride), length), t, probability, chosen, other, seed, mask);
        }
    }

    /// <summary>Draws the mask of one time step.</summary>
    internal static void DrawStep(Span<float> elements, int step, double probability, float chosen, float other, ulong seed, int mask)
    {
        ulong state = Mix(Mix(seed + Step) + ((ulong)mask * Step)) + ((ulong)step * (ulong)elements.Length * Step);

        // The upper 53 bits, against the probability times 2^53.
        ulong limit = (ulong)(probability * (1L << 53));
        foreach (ref float element in elements)
        {
            state += Step;
            element = Mix(state) >> 11 < limit ? chosen : other;
        }
    }

    /// <summary>Draws every element of a mask from two values, and has it in all time steps: that which <see cref="Draw"/> gives the first one.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="first">Where the mask of the first time step begins.</param>
    /// <param name="steps">Time steps; may be 0.</param>
    /// <param name="stride">Floats from one time step's mask to the next one's.</param>
    /// <param name="length">Elements of the mask.</param>
    /// <param name="probability">The probability of the first value; at least 0, less than 1.</param>
    /// <param name="chosen">The first value.</param>
    /// <param name="other">The other value.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="mask">The number of the mask in its network.</param>
    public static void DrawOnce(Span<float> tape, int first, int steps, int stride, int length, double probability, float chosen, float other, ulong seed, int mask)
    {
        Draw(tape, first, Math.Min(steps, 1), stride, length, probability, chosen, other, seed, mask);
        for (int t = 1; t < steps; t++)
        {
            tape.Slice(first, length).CopyTo(tape.Slice(first + (t * stride), length));
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
