using System;
using System.Globalization;

namespace Recurrent;

/// <summary>Draws the parameters that a network's training starts from.</summary>
/// <remarks>
/// The same tensors and the same seed give the same bits on every machine and every version of .NET: only integer operations and
/// additions, products, quotients, square roots and comparisons of doubles are used, all of which IEEE 754 defines to the last bit.
/// The distributions are PyTorch's, the numbers are not.
/// </remarks>
public static class ParameterInitializer
{
    /// <summary>Fills the parameters of a network.</summary>
    /// <param name="tensors">The tensors, which fill the parameters without overlap; drawn one after the other, in this order.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <exception cref="ArgumentException">The tensors are not those of parameters of this length, or an initialization is none; nothing has been written.</exception>
    public static void Fill(ReadOnlySpan<TensorInfo> tensors, int seed, Span<float> parameters)
    {
        TensorLayout.Check(tensors, parameters.Length);
        foreach (TensorInfo tensor in tensors)
        {
            if (!IsValid(tensor.Initialization))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"{tensor.Name} starts from {tensor.Initialization}; a fan of at least 1 is wanted for {Initializer.Uniform}, and no other distribution than those of {nameof(Initializer)}."),
                    nameof(tensors));
            }
        }

        SplitMix64 random = new((uint)seed);
        foreach (TensorInfo tensor in tensors)
        {
            Fill(tensor.Initialization, ref random, parameters.Slice(tensor.Offset, tensor.Length));
        }
    }

    private static void Fill(Initialization initialization, ref SplitMix64 random, Span<float> values)
    {
        switch (initialization.Initializer)
        {
            case Initializer.Uniform:
                double bound = 1 / Math.Sqrt(initialization.Fan);
                foreach (ref float value in values)
                {
                    value = (float)(bound * ((2 * random.NextUniform()) - 1));
                }

                break;

            case Initializer.Normal:
                foreach (ref float value in values)
                {
                    value = (float)Normal(ref random);
                }

                break;

            case Initializer.Zeros:
                values.Clear();
                break;

            default:
                values.Fill(1);
                break;
        }
    }

    /// <summary>
    /// Normal with mean 0 and standard deviation 1, after Karney (Sampling exactly from the normal distribution, ACM Transactions
    /// on Mathematical Software 42, 2016). It needs no logarithm and no sine, whose last bits differ between machines.
    /// </summary>
    /// <remarks>
    /// exp(-(k+x)^2/2) = exp(-k/2) exp(-k(k-1)/2) exp(-x(2k+x)/2): the whole part k is drawn with the first factor, the fraction x
    /// uniformly, and both are kept with the probability of the other two.
    /// </remarks>
    private static double Normal(ref SplitMix64 random)
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

    private static bool IsValid(Initialization initialization) => initialization.Initializer switch
    {
        Initializer.Uniform => initialization.Fan > 0,
        Initializer.Normal or Initializer.Zeros or Initializer.Ones => true,
        _ => false,
    };
}
