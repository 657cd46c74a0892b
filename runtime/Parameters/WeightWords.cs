using System;

namespace Recurrent;

/// <summary>How weights lie in words of 32 bits: neighbouring terms of a row side by side, the first in the lowest bits. What is behind the last is 0.</summary>
internal static class WeightWords
{
    private const int MostWhole = 127;
    private const float MostHalf = 65504;
    private const float LeastHalf = 1 / 16384f;

    /// <summary>Terms in a word.</summary>
    public static int TermsOf(Precision precision) => precision switch
    {
        Precision.Float32 => 1,
        Precision.Int8 => 4,
        _ => 2,
    };

    /// <summary>What the whole numbers of a row are multiplied with: its greatest magnitude divided by 127; NaN where a weight is not finite.</summary>
    public static float Scale(ReadOnlySpan<float> row)
    {
        float greatest = 0;
        foreach (float weight in row)
        {
            greatest = MathF.Max(greatest, MathF.Abs(weight));
        }

        return float.IsFinite(greatest) ? greatest / MostWhole : float.NaN;
    }

    /// <summary>The nearest whole number of a weight, ties to even.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="scale">The scale of its row.</param>
    public static sbyte Whole(float weight, float scale) =>
        scale > 0 ? (sbyte)Math.Clamp(Math.Round((double)weight / scale), -MostWhole, MostWhole) : (sbyte)0;

    /// <summary>The next word of a row.</summary>
    /// <param name="precision">What is kept of each weight.</param>
    /// <param name="row">The weights from the word's first on; at least one.</param>
    public static int Word(Precision precision, ReadOnlySpan<float> row) => precision switch
    {
        Precision.Float32 => BitConverter.SingleToInt32Bits(row[0]),
        Precision.BFloat16 => row.Length > 1 ? Above(BFloat16(row[0]), row[1]) : BFloat16(row[0]),
        Precision.Float16 => Float16(row[0]) | ((row.Length > 1 ? Float16(row[1]) : 0) << 16),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "No weights are packed so."),
    };

    /// <summary>The upper half of the float, rounded to nearest, ties to even; a NaN stays one.</summary>
    private static int BFloat16(float weight)
    {
        uint bits = BitConverter.SingleToUInt32Bits(weight);
        return (int)(float.IsNaN(weight) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>
    /// The float nearest to a weight of those that have a given lower half: it is used as it is, with nothing to mask. Of finite weights it is finite, and
    /// nothing but 0 itself is denormal, which costs some processors a hundred times as long.
    /// </summary>
    private static int Above(int lower, float weight)
    {
        const int LeastNormal = 0x80;
        const int MostFinite = 0x7F7F;
        int magnitude = BitConverter.SingleToInt32Bits(MathF.Abs(weight));
        int upper = magnitude >> 16;
        if (float.IsFinite(weight))
        {
            // The three floats around it that end so; a lower half of less than 2^16 moves the nearest by no more than one.
            (double Distance, int Upper) nearest = (double.PositiveInfinity, 0);
            for (int candidate = Math.Max(upper - 1, lower == 0 ? 0 : LeastNormal); candidate <= Math.Min(Math.Max(upper + 1, LeastNormal), MostFinite); candidate++)
            {
                double distance = Math.Abs((double)BitConverter.Int32BitsToSingle((candidate << 16) | lower) - MathF.Abs(weight));
                nearest = distance < nearest.Distance ? (distance, candidate) : nearest;
            }

            upper = nearest.Upper;
        }
        else if (float.IsNaN(weight))
        {
            upper |= 0x40;
        }

        int sign = float.IsNegative(weight) ? 0x8000 : 0;
        return ((sign | upper) << 16) | lower;
    }

    /// <summary>
    /// The nearest half, ties to even, of those that processors multiply without help: neither denormal, which cost some a hundred times more, nor infinite.
    /// </summary>
    private static int Float16(float weight)
    {
        if (float.IsNaN(weight))
        {
            throw new ArgumentException("A weight is NaN; weights in Float16 are numbers.");
        }

        float magnitude = MathF.Abs(weight);
        float normal = magnitude >= LeastHalf ? MathF.Min(magnitude, MostHalf)
            : magnitude > LeastHalf / 2 ? LeastHalf
            : 0;
        return BitConverter.HalfToUInt16Bits((Half)MathF.CopySign(normal, weight));
    }
}
