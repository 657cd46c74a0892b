using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// -p t log σ(x) - (1 - t) log(1 - σ(x)) of a logit x and a probability t, the mean over a time step's outputs and over the scored steps: PyTorch's
/// <c>nn.BCEWithLogitsLoss</c>, with p its <c>pos_weight</c>. The network's outputs are the logits, one for each question answered by yes (t = 1) or no (t = 0).
/// </summary>
/// <remarks>Logits of any finite size neither overflow nor lose the loss.</remarks>
public sealed class BinaryCrossEntropyLoss : StepLoss
{
    private const int BlockLength = 256;

    /// <summary>p, what a yes counts beside a no; finite, at least 0, by default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double PositiveWeight
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1;

    /// <inheritdoc/>
    protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
    {
        int size = outputs.Length / steps;
        float scale = 1f / size;
        float excess = (float)(PositiveWeight - 1);
        double sum = 0;
        Span<float> block = stackalloc float[BlockLength];
        for (int start = 0; start < outputs.Length; start += BlockLength)
        {
            Span<float> e = block[..Math.Min(BlockLength, outputs.Length - start)];
            ReadOnlySpan<float> x = outputs.Slice(start, e.Length);
            ReadOnlySpan<float> t = targets.Slice(start, e.Length);
            Span<float> g = gradients.Slice(start, e.Length);

            // e = exp(-|x|) is at most 1: -log σ(|x|) is log(1 + e), which floats would lose, and σ(-x) is e / (1 + e) or 1 / (1 + e).
            TensorPrimitives.Abs(x, e);
            TensorPrimitives.Negate(e, e);
            TensorPrimitives.Exp(e, e);
            for (int i = 0; i < e.Length; i++)
            {
                float yes = 1 + excess * t[i];
                sum += (1 - t[i]) * (double)x[i] + yes * (Math.Log(1 + (double)e[i]) + Math.Max(-(double)x[i], 0));

                // (1 - t) σ(x) - p t σ(-x), neither factor of which cancels where it is small.
                (float sure, float unsure) = (1 / (1 + e[i]), e[i] / (1 + e[i]));
                (float yesOf, float noOf) = x[i] < 0 ? (unsure, sure) : (sure, unsure);
                g[i] = (((1 - t[i]) * yesOf) - ((float)PositiveWeight * t[i] * noOf)) * scale;
            }
        }

        return sum / size;
    }
}
