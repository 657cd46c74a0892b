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
            foreach (TensorPart part in PartsOf(tensor))
            {
                if (!part.Initialization.IsValid)
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"{tensor.Name} starts from {part.Initialization}; a fan of at least 1 is wanted for those that read it, a finite value, not below 0 for {Initializer.Normal} and not below the finite low end of {Initializer.Interval}, and no other distribution than those of {nameof(Initializer)}."),
                        nameof(tensors));
                }
            }
        }

        SplitMix64 random = new((uint)seed);
        foreach (TensorInfo tensor in tensors)
        {
            Span<float> rest = parameters.Slice(tensor.Offset, tensor.Length);
            foreach (TensorPart part in PartsOf(tensor))
            {
                int length = part.Rows * tensor.Shape.Columns;
                TensorShape shape = tensor.Shape.Rank == 1 ? new TensorShape(part.Rows) : new TensorShape(part.Rows, tensor.Shape.Columns);
                Fill(part.Initialization, shape, ref random, rest[..length]);
                rest = rest[length..];
            }
        }
    }

    private static ReadOnlySpan<TensorPart> PartsOf(in TensorInfo tensor) =>
        tensor.Parts.IsEmpty ? new TensorPart[] { new(tensor.Shape.Rows, tensor.Initialization) } : tensor.Parts;

    private static void Fill(Initialization initialization, TensorShape shape, ref SplitMix64 random, Span<float> values)
    {
        switch (initialization.Initializer)
        {
            case Initializer.Uniform:
                FillUniform(1 / Math.Sqrt(initialization.Fan), ref random, values);
                break;

            case Initializer.Glorot:
                FillUniform(initialization.Value * Math.Sqrt(6.0 / ((double)shape.Rows + shape.Columns)), ref random, values);
                break;

            case Initializer.Normal:
                foreach (ref float value in values)
                {
                    value = (float)(initialization.Value * NormalDistribution.Next(ref random));
                }

                break;

            case Initializer.Orthogonal:
                OrthogonalMatrix.Fill(shape, initialization.Value, ref random, values);
                break;

            case Initializer.Interval:
                foreach (ref float value in values)
                {
                    value = (float)(initialization.Low + ((initialization.Value - initialization.Low) * random.NextUniform()));
                }

                break;

            case Initializer.Signs:
                foreach (ref float value in values)
                {
                    value = (float)((random.Next() >> 63) == 0 ? initialization.Value : -initialization.Value);
                }

                break;

            case Initializer.LogColumns:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)NaturalLogarithm.Of((i % shape.Columns) + 1);
                }

                break;

            case Initializer.LegendreState:
                LegendreMemory.FillState(shape, initialization.Fan, values);
                break;

            case Initializer.LegendreInput:
                LegendreMemory.FillInput(shape, initialization.Fan, values);
                break;

            case Initializer.Identity when shape.Rank == 2:
                values.Clear();
                for (int i = 0; i < Math.Min(shape.Rows, shape.Columns); i++)
                {
                    values[(i * shape.Columns) + i] = (float)initialization.Value;
                }

                break;

            case Initializer.Zeros:
                values.Clear();
                break;

            case Initializer.Ones:
                values.Fill(1);
                break;

            default:
                values.Fill((float)initialization.Value);
                break;
        }
    }

    private static void FillUniform(double bound, ref SplitMix64 random, Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = (float)(bound * ((2 * random.NextUniform()) - 1));
        }
    }
}
