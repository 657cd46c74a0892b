using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// With d = y - t: d² / 2 where |d| is at most δ, δ (|d| - δ / 2) beyond, the mean over a time step's outputs and over the scored steps: PyTorch's
/// <c>nn.HuberLoss</c> (Huber, Robust Estimation of a Location Parameter, 1964). With δ = 1 it is <c>nn.SmoothL1Loss</c> too.
/// </summary>
public sealed class HuberLoss : StepLoss
{
    private const int BlockLength = 256;

    /// <summary>Makes a loss.</summary>
    /// <param name="delta">δ, the error from which on the loss grows linearly; finite, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is outside its range.</exception>
    public HuberLoss(double delta = 1) => Delta = Ranges.FiniteAboveZero(delta, nameof(delta));

    /// <summary>δ, the error from which on the loss grows linearly.</summary>
    public double Delta { get; }

    /// <inheritdoc/>
    protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
    {
        int size = outputs.Length / steps;
        float delta = (float)Delta;
        double sum = 0;
        Span<float> block = stackalloc float[BlockLength];
        for (int start = 0; start < outputs.Length; start += BlockLength)
        {
            Span<float> d = block[..Math.Min(BlockLength, outputs.Length - start)];
            Span<float> g = gradients.Slice(start, d.Length);
            TensorPrimitives.Subtract(outputs.Slice(start, d.Length), targets.Slice(start, d.Length), d);

            // With g = d clamped to [-δ, δ], both branches are g (d - g / 2).
            TensorPrimitives.Clamp(d, -delta, delta, g);
            TensorPrimitives.MultiplyAdd(g, -0.5f, d, d);
            sum += Sums.OfProducts(g, d);
        }

        TensorPrimitives.Multiply(gradients, 1f / size, gradients);
        return sum / size;
    }
}
