using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recurrent.Training;

/// <summary>
/// Sums whose order follows from the number of terms alone, and not from the width of the processor's vectors as in <c>TensorPrimitives</c>: training rounds
/// alike on every machine.
/// </summary>
/// <remarks>
/// Sum j of <see cref="PartialSums"/> takes the terms j, j + 16, j + 32, ... of as many whole rows of 16 as there are. Its neighbour at a distance of 8 is added to each of the first 8,
/// then those at 4, 2 and 1, and then what is left over, term by term.
/// </remarks>
internal static class Sums
{
    internal const int PartialSums = 16;

    private interface ITerm
    {
        static abstract Vector256<float> Of(Vector256<float> x, Vector256<float> y);

        static abstract float Of(float x, float y);
    }

    /// <summary>Σ x.</summary>
    public static float Of(ReadOnlySpan<float> x) => Add<Value>(x, x);

    /// <summary>Σ |x|.</summary>
    public static float OfMagnitudes(ReadOnlySpan<float> x) => Add<Magnitude>(x, x);

    /// <summary>Σ x².</summary>
    public static float OfSquares(ReadOnlySpan<float> x) => Add<Product>(x, x);

    /// <summary>Σ x y.</summary>
    /// <param name="x">Factors.</param>
    /// <param name="y">As many.</param>
    public static float OfProducts(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Add<Product>(x, y[..x.Length]);

    /// <summary>Σ x, one after another.</summary>
    public static double Of(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double term in x)
        {
            sum += term;
        }

        return sum;
    }

    private static float Add<TTerm>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TTerm : struct, ITerm
    {
        int rows = x.Length / PartialSums * PartialSums;
        float sum = 0;
        if (rows > 0)
        {
            ref float left = ref MemoryMarshal.GetReference(x);
            ref float right = ref MemoryMarshal.GetReference(y);
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            for (int i = 0; i < rows; i += PartialSums)
            {
                low += TTerm.Of(Vector256.LoadUnsafe(ref left, (nuint)i), Vector256.LoadUnsafe(ref right, (nuint)i));
                high += TTerm.Of(Vector256.LoadUnsafe(ref left, (nuint)(i + 8)), Vector256.LoadUnsafe(ref right, (nuint)(i + 8)));
            }

            low += high;
            Vector128<float> four = low.GetLower() + low.GetUpper();
            Vector64<float> two = four.GetLower() + four.GetUpper();
            sum = two.GetElement(0) + two.GetElement(1);
        }

        for (int i = rows; i < x.Length; i++)
        {
            sum += TTerm.Of(x[i], y[i]);
        }

        return sum;
    }

    private readonly struct Value : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x, Vector256<float> y) => x;

        public static float Of(float x, float y) => x;
    }

    private readonly struct Magnitude : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x, Vector256<float> y) => Vector256.Abs(x);

        public static float Of(float x, float y) => MathF.Abs(x);
    }

    private readonly struct Product : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x, Vector256<float> y) => x * y;

        public static float Of(float x, float y) => x * y;
    }
}
