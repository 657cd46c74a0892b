using System;
using System.Globalization;
using System.Numerics.Tensors;
using Recurrent.Training;

namespace Recurrent.Sampling;

/// <summary>
/// Chooses tokens from logits: token i with the probability softmax(logits / <see cref="Temperature"/>)[i], among the <see cref="TopK"/> likeliest. The same
/// seed and logits give the same tokens.
/// </summary>
/// <remarks>Allocates nothing once it has seen as many logits. Used by one thread at a time.</remarks>
public sealed class TokenSampler
{
    private SplitMix64 _random;
    private float[] _probabilities = [];

    /// <summary>Makes a sampler.</summary>
    /// <param name="seed">Determines what is chosen.</param>
    public TokenSampler(int seed = 0) => _random = new SplitMix64((uint)seed);

    /// <summary>
    /// What logits are divided by: below 1 the likeliest tokens gain, above 1 the others. 0 always takes the likeliest, the first of equals. Finite, at least 0; by default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Temperature
    {
        get;
        set => field = Ranges.FiniteAtLeastZero(value);
    } = 1;

    /// <summary>Among how many of the likeliest tokens one is chosen, the first of equals; at least 1. By default all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int TopK
    {
        get;
        set => field = Ranges.AtLeast(value, 1);
    } = int.MaxValue;

    /// <summary>Chooses a token.</summary>
    /// <param name="logits">One for each token; at least one. Negative infinity is a token that is never chosen.</param>
    /// <returns>The token's index.</returns>
    /// <exception cref="ArgumentException">There is no logit, or the largest is not finite, as where one is NaN.</exception>
    public int Choose(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
        {
            throw new ArgumentException("There are 0 logits; at least 1 is wanted.", nameof(logits));
        }

        float largest = TensorPrimitives.Max(logits);
        if (!float.IsFinite(largest))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The largest of {logits.Length} logits is {largest}; a finite number is wanted."), nameof(logits));
        }

        if (Temperature == 0 || TopK == 1)
        {
            return logits.IndexOf(largest);
        }

        if (_probabilities.Length < logits.Length)
        {
            _probabilities = new float[logits.Length];
        }

        Span<float> p = _probabilities.AsSpan(0, logits.Length);
        (float least, int room) = TopK < logits.Length ? Edge(logits, p) : (float.NegativeInfinity, logits.Length);
        TensorPrimitives.Subtract(logits, largest, p);
        TensorPrimitives.Multiply(p, (float)(1 / Temperature), p);
        TensorPrimitives.Exp(p, p);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            // Behind the edge nothing is chosen; of those that stand on it, as many as there is room for.
            if (logits[i] < least || (logits[i] == least && room-- <= 0))
            {
                p[i] = 0;
            }

            sum += p[i];
        }

        double rest = _random.NextUniform() * sum;
        int chosen = 0;
        for (int i = 0; i < p.Length && rest >= 0; i++)
        {
            if (p[i] > 0)
            {
                chosen = i;
                rest -= p[i];
            }
        }

        return chosen;
    }

    /// <summary>The least logit among the largest <see cref="TopK"/>, and how many equals of it are among them.</summary>
    private (float Least, int Room) Edge(ReadOnlySpan<float> logits, Span<float> scratch)
    {
        logits.CopyTo(scratch);
        scratch.Sort();
        float least = scratch[^TopK];
        return (least, scratch[^TopK..].LastIndexOf(least) + 1);
    }
}
