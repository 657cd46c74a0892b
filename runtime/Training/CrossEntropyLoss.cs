using System;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Recurrent.Training;

/// <summary>
/// The mean over all time steps of -log softmax(logits)[class], like PyTorch's <c>nn.CrossEntropyLoss</c>, for targets that are the
/// indices of classes. The network's outputs are the logits: its last layer has one linear output for each class.
/// </summary>
public sealed class CrossEntropyLoss : Loss
{
    /// <summary>Computes the loss and its gradient (softmax - onehot) / rows.</summary>
    /// <param name="logits">[rows, classCount], row after row; logits of any finite size neither overflow nor lose the loss.</param>
    /// <param name="classes">[rows]: the right class of each row, counted from 0; at least one row. The number of classes follows from the lengths.</param>
    /// <param name="gradients">Receives [rows, classCount]; may be the logits themselves, and must not overlap them, or the classes, otherwise.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">
    /// There is no row, the logits are not whole rows, a class does not exist, the gradients' length is not that of the logits, or
    /// memory overlaps in part; nothing has been written.
    /// </exception>
    public float Compute(ReadOnlySpan<float> logits, ReadOnlySpan<int> classes, Span<float> gradients)
    {
        if (classes.IsEmpty)
        {
            throw new ArgumentException("There are 0 classes; at least 1 is wanted.", nameof(classes));
        }

        int classCount = logits.Length / classes.Length;
        if (classCount == 0 || logits.Length != classCount * classes.Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The length is {logits.Length}; a multiple of the {classes.Length} rows is wanted, at least 1 for each."),
                nameof(logits));
        }

        Boundary.Length(gradients.Length, logits.Length, nameof(gradients));
        Boundary.SameOrNoOverlap(gradients, logits, nameof(gradients), nameof(logits));
        Boundary.NoOverlap(gradients, MemoryMarshal.Cast<int, float>(classes), nameof(gradients), nameof(classes));
        if (WrongClass(classes, classCount) is { } wrong)
        {
            throw new ArgumentException($"There is {wrong}.", nameof(classes));
        }

        float scale = 1f / classes.Length;
        double sum = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            sum += Row(
                logits.Slice(row * classCount, classCount),
                classes[row],
                scale,
                gradients.Slice(row * classCount, classCount));
        }

        return (float)(sum / classes.Length);
    }

    internal override float Compute(ReadOnlySpan<float> outputs, in TrainingSequence sequence, Span<float> gradients) =>
        Compute(outputs, sequence.Classes.Span, gradients);

    internal override string? Mismatch(in TrainingSequence sequence, int steps, int outputSize)
    {
        if (!sequence.Targets.IsEmpty)
        {
            return "has targets that are floats; class indices are wanted, for the cross-entropy";
        }

        return sequence.Classes.Length == steps
            ? WrongClass(sequence.Classes.Span, outputSize) is { } wrong ? $"has {wrong}" : null
            : string.Create(CultureInfo.InvariantCulture, $"has {sequence.Classes.Length} classes; {Boundary.Are(steps)} wanted, one for each time step");
    }

    /// <summary>One row's -log softmax(logits)[target], and its gradient (softmax - onehot) * scale.</summary>
    private static double Row(ReadOnlySpan<float> logits, int target, float scale, Span<float> gradients)
    {
        // log softmax(x)[t] = (x[t] - m) - log(sum(exp(x - m))) for every m; with the maximum nothing overflows, and the sum is at least 1.
        float maximum = TensorPrimitives.Max(logits);
        double targetLogit = (double)logits[target] - maximum;
        TensorPrimitives.Subtract(logits, maximum, gradients);
        TensorPrimitives.Exp(gradients, gradients);
        float sum = TensorPrimitives.Sum<float>(gradients);
        TensorPrimitives.Multiply(gradients, scale / sum, gradients);
        gradients[target] -= scale;
        return Math.Log(sum) - targetLogit;
    }

    /// <summary>Names a class that does not exist, and those that do; <see langword="null"/> where all exist.</summary>
    private static string? WrongClass(ReadOnlySpan<int> classes, int classCount)
    {
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)classCount)
            {
                return string.Create(CultureInfo.InvariantCulture, $"class {classes[i]} at [{i}]; 0 to {classCount - 1} is wanted");
            }
        }

        return null;
    }
}
