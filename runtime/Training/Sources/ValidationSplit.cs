using System;
using System.Collections.Generic;

namespace Recurrent.Training;

/// <summary>Sets a part of the sequences aside.</summary>
internal static class ValidationSplit
{
    /// <summary>Draws the sequences to set aside; the same seed draws the same of equally many.</summary>
    /// <param name="count">How many sequences there are; at least 1.</param>
    /// <param name="fraction">The part that is set aside; in [0, 1).</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The positions to train on and those set aside, each in ascending order.</returns>
    /// <exception cref="ArgumentException">Nothing would be left to train on.</exception>
    public static (int[] Training, int[] Validation) Draw(int count, double fraction, int seed)
    {
        int aside = fraction == 0 ? 0 : Math.Max(1, (int)Math.Round(fraction * count));
        if (aside >= count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There are {count} sequences; with {nameof(TrainingOptions.ValidationFraction)} = {fraction} more are wanted, so that some are left to train on."),
                "sequences");
        }

        // Others than those that decide orders: Train may be called again, and must then set the same sequences aside.
        SplitMix64 random = new(((ulong)(uint)seed << 32) | 0x76616C);
        List<int> training = [];
        List<int> validation = [];
        int left = aside;
        for (int i = 0; i < count; i++)
        {
            // Knuth's algorithm S: of what is left, each is taken with the probability that makes the number come out.
            if (random.NextBelow(count - i) < left)
            {
                validation.Add(i);
                left--;
            }
            else
            {
                training.Add(i);
            }
        }

        return ([.. training], [.. validation]);
    }
}
