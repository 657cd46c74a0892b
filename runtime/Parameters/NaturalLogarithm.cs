namespace Recurrent;

/// <summary>The natural logarithm of whole numbers, to the last few bits, by sums, products and quotients alone: the same bits on every machine.</summary>
internal static class NaturalLogarithm
{
    /// <summary>log 2</summary>
    private const double LogTwo = 0.69314718055994531;

    /// <summary>z^(2n + 1) / (2n + 1) with z at most 1/3 is below 2^-56 from here on.</summary>
    private const int Terms = 17;

    /// <summary>log n, n being at least 1.</summary>
    public static double Of(int n)
    {
        // n = m 2^k with m in [1, 2), and log m = 2 artanh((m - 1) / (m + 1)) = 2 (z + z^3/3 + z^5/5 + ...).
        int exponent = int.Log2(n);
        double mantissa = n / (double)(1L << exponent);
        double z = (mantissa - 1) / (mantissa + 1);
        double sum = 0;
        for (int term = Terms; term >= 0; term--)
        {
            sum = (sum * z * z) + (1.0 / ((2 * term) + 1));
        }

        return (exponent * LogTwo) + (2 * z * sum);
    }
}
