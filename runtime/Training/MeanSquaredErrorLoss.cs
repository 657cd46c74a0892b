using System;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>The mean over all elements of (y - t)², like PyTorch's <c>nn.MSELoss</c>, for targets that are real numbers.</summary>
public sealed class MeanSquaredErrorLoss : Loss
{
    /// <summary>Computes the loss and its gradient 2 (y - t) / n, n being the number of elements.</summary>
    /// <param name="outputs">y, n floats; at least 1.</param>
    /// <param name="targets">t, n floats.</param>
    /// <param name="gradients">Receives n floats; may be the outputs or the targets themselves, and must not overlap them otherwise.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">There is no output, or a length is not that of the outputs, or memory overlaps in part; nothing has been written.</exception>
    public float Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        if (outputs.IsEmpty)
        {
            throw new ArgumentException("There are 0 outputs; at least 1 is wanted.", nameof(outputs));
        }

        Boundary.Length(targets.Length, outputs.Length, nameof(targets));
        Boundary.Length(gradients.Length, outputs.Length, nameof(gradients));
        Boundary.SameOrNoOverlap(gradients, outputs, nameof(gradients), nameof(outputs));
        Boundary.SameOrNoOverlap(gradients, targets, nameof(gradients), nameof(targets));

        TensorPrimitives.Subtract(outputs, targets, gradients);
        float loss = TensorPrimitives.SumOfSquares(gradients) / outputs.Length;
        TensorPrimitives.Multiply(gradients, 2f / outputs.Length, gradients);
        return loss;
    }

    internal override float Compute(ReadOnlySpan<float> outputs, in TrainingSequence sequence, Span<float> gradients) =>
        Compute(outputs, sequence.Targets.Span, gradients);

    internal override string? Mismatch(in TrainingSequence sequence, int steps, int outputSize)
    {
        if (!sequence.Classes.IsEmpty)
        {
            return "has class indices; targets that are floats are wanted, for the mean squared error";
        }

        return sequence.Targets.Length == (long)steps * outputSize
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"has {sequence.Targets.Length} targets; {Boundary.Are((long)steps * outputSize)} wanted ({steps} time steps of {outputSize} outputs)");
    }
}
