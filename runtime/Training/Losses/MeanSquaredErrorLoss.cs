using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>(y - t)², the mean over a time step's outputs and over the scored steps: PyTorch's <c>nn.MSELoss</c>.</summary>
public sealed class MeanSquaredErrorLoss : StepLoss
{
    /// <inheritdoc/>
    protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
    {
        int size = outputs.Length / steps;
        TensorPrimitives.Subtract(outputs, targets, gradients);
        double sum = (double)Sums.OfSquares(gradients) / size;
        TensorPrimitives.Multiply(gradients, 2f / size, gradients);
        return sum;
    }
}
