using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>|y - t|, the mean over a time step's outputs and over the scored steps: PyTorch's <c>nn.L1Loss</c>. Its gradient where y = t is 0.</summary>
public sealed class MeanAbsoluteErrorLoss : StepLoss
{
    /// <inheritdoc/>
    protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
    {
        int size = outputs.Length / steps;
        TensorPrimitives.Subtract(outputs, targets, gradients);
        double sum = (double)Sums.OfMagnitudes(gradients) / size;
        float slope = 1f / size;
        foreach (ref float gradient in gradients)
        {
            // A NaN stays one, so that training stops at it.
            gradient = gradient > 0 ? slope : gradient < 0 ? -slope : gradient;
        }

        return sum;
    }
}
