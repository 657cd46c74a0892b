namespace Recurrent;

/// <summary>
/// Normal with mean 0 and standard deviation 1, after Karney (Sampling exactly from the normal distribution, ACM Transactions
/// on Mathematical Software 42, 2016). It needs no logarithm and no sine, whose last bits differ between machines.
/// </summary>
/// <remarks>
/// exp(-(k+x)^2/2) = exp(-k/2) exp(-k(k-1)/2) exp(-x(2k+x)/2): the whole part k is drawn with the first factor, the fraction x
/// uniformly, and both are kept with the probability of the other two.
/// </remarks>
internal static class NormalDistribution
{
    /// <summary>The next number.</summary>
    public static double Next(ref SplitMix64 random)
    {
        while (true)
        {
            int k = 0;
            while (HappensExp(ref random, 0.5))
            {
                k++;
            }

            if (!HappensExp(ref random, 0.5, times: k * (k - 1)))
            {
                continue;
            }

            // x(2k+x)/2 is k+1 times a number in [0, 1).
            double x = random.NextUniform();
            if (HappensExp(ref random, x * ((2 * k) + x) / (2 * (k + 1)), times: k + 1))
            {
                return (random.Next() >> 63) == 0 ? k + x : -(k + x);
            }
        }
    }

    /// <summary>True with the probability exp(-p * times).</summary>
    private static bool HappensExp(ref SplitMix64 random, double p, int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (!HappensExp(ref random, p))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// True with the probability exp(-p), p in [0, 1], after von Neumann: uniform numbers p > u1 > u2 > ... fall n times with the
    /// probability p^n/n! - p^(n+1)/(n+1)!, and the even n add up to 1 - p + p^2/2! - ...
    /// </summary>
    private static bool HappensExp(ref SplitMix64 random, double p)
    {
        bool even = true;
        for (double last = p; ; even = !even)
        {
            double next = random.NextUniform();
            if (next >= last)
            {
                return even;
            }

            last = next;
        }
    }
}
