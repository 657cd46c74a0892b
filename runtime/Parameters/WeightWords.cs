using System;

namespace Recurrent;

/// <summary>How weights lie in words of 32 bits: neighbouring terms of a row side by side, the first in the lowest bits. What is behind the last is 0.</summary>
internal static class WeightWords
{
    /// <summary>Terms in a word.</summary>
    public static int TermsOf(Precision precision) => precision == Precision.Float32 ? 1 : 2;

    /// <summary>The next word of a row.</summary>
    /// <param name="precision">What is kept of each weight.</param>
    /// <param name="row">The weights from the word's first on; at least one.</param>
    public static int Word(Precision precision, ReadOnlySpan<float> row) => precision switch
    {
        Precision.Float32 => BitConverter.SingleToInt32Bits(row[0]),
        Precision.BFloat16 => BFloat16(row[0]) | ((row.Length > 1 ? BFloat16(row[1]) : 0) << 16),
        Precision.Float16 => Float16(row[0]) | ((row.Length > 1 ? Float16(row[1]) : 0) << 16),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "No weights are packed so."),
    };

    /// <summary>The upper half of the float, rounded to nearest, ties to even; a NaN stays one.</summary>
    private static int BFloat16(float weight)
    {
        uint bits = BitConverter.SingleToUInt32Bits(weight);
        return (int)(float.IsNaN(weight) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The nearest half, ties to even; of magnitudes that no half reaches, the greatest.</summary>
    private static int Float16(float weight) => float.IsNaN(weight)
        ? throw new ArgumentException("A weight is NaN; weights in Float16 are numbers.")
        : BitConverter.HalfToUInt16Bits((Half)Math.Clamp(weight, -65504f, 65504f));
}
