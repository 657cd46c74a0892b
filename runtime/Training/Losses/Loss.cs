using System;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Recurrent.Training;

/// <summary>
/// What training makes small: a number computed from a network's outputs and what they should have been, with its gradient.
/// A loss of your own derives from this, or from <see cref="StepLoss"/> where every time step has a cost of its own.
/// </summary>
/// <remarks>A loss keeps nothing between calls, so that one may serve several threads at once, and allocates nothing.</remarks>
public abstract class Loss
{
    /// <summary>Computes the loss of a sequence, times its <see cref="TrainingSequence.Weight"/>, and the gradient by every output.</summary>
    /// <param name="outputs">[steps, OutputSize]: what the network gave, row after row.</param>
    /// <param name="steps">Time steps of the sequence; at least 1.</param>
    /// <param name="sequence">What it should have given. The inputs are not read.</param>
    /// <param name="gradients">Receives [steps, OutputSize]: 0 at steps that are not scored. Must not overlap the outputs.</param>
    /// <returns>The loss; NaN or infinite where the outputs make it so.</returns>
    /// <exception cref="ArgumentException">A length does not fit, the sequence does not fit the loss, or memory overlaps; nothing has been written.</exception>
    public double Compute(ReadOnlySpan<float> outputs, int steps, in TrainingSequence sequence, Span<float> gradients)
    {
        int outputSize = RowSize(outputs, steps);
        Boundary.Length(gradients.Length, outputs.Length, nameof(gradients));
        Boundary.NoOverlap(gradients, outputs, nameof(gradients), nameof(outputs));
        Boundary.NoOverlap(gradients, sequence.Targets.Span, nameof(gradients), nameof(sequence.Targets));
        Boundary.NoOverlap(gradients, MemoryMarshal.Cast<int, float>(sequence.Classes.Span), nameof(gradients), nameof(sequence.Classes));
        Boundary.NoOverlap(gradients, sequence.StepWeights.Span, nameof(gradients), nameof(sequence.StepWeights));
        return Misfit(sequence, steps, outputSize) is { } reason
            ? throw new ArgumentException($"The sequence {reason}.", nameof(sequence))
            : ComputeChecked(outputs, steps, sequence, gradients);
    }

    /// <summary>
    /// Whether the loss is one of time steps, each with a target of its own, so that a sequence can be cut into windows (<see cref="TrainingOptions.TruncatedSteps"/>). By
    /// default it is; a loss that aligns labels with the whole sequence is not.
    /// </summary>
    public virtual bool IsPerStep => true;

    /// <summary>Computes what <see cref="Compute"/> does, where <see cref="Misfit"/> finds nothing and the spans fit.</summary>
    internal double ComputeChecked(ReadOnlySpan<float> outputs, int steps, in TrainingSequence sequence, Span<float> gradients)
    {
        int scored = sequence.ScoredSteps ?? steps;
        int first = outputs.Length / steps * (steps - scored);
        gradients[..first].Clear();
        Span<float> scoredGradients = gradients[first..];
        if (scored == 0 || sequence.Weight == 0)
        {
            scoredGradients.Clear();
            return 0;
        }

        double loss = Score(new ScoredSteps(outputs[first..], scored, sequence), scoredGradients);
        if (sequence.Weight != 1)
        {
            TensorPrimitives.Multiply(scoredGradients, sequence.Weight, scoredGradients);
        }

        return loss * sequence.Weight;
    }

    /// <summary>Says why a sequence cannot be scored by this loss, as the end of a sentence that begins with the sequence's name.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="steps">Its time steps; at least 1.</param>
    /// <param name="outputSize">Floats that the network gives in a time step.</param>
    /// <returns>What was given and what was wanted, or <see langword="null"/> for a sequence that fits.</returns>
    internal string? Misfit(in TrainingSequence sequence, int steps, int outputSize)
    {
        int scored = sequence.ScoredSteps ?? steps;
        if (scored < 0 || scored > steps)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {scored} scored steps; 0 to {steps} are wanted, for it has {steps} time steps");
        }

        if (!float.IsFinite(sequence.Weight))
        {
            return string.Create(CultureInfo.InvariantCulture, $"has the weight {sequence.Weight}; a finite number is wanted");
        }

        ReadOnlySpan<float> weights = sequence.StepWeights.Span;
        if (!weights.IsEmpty && weights.Length != scored)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {weights.Length} step weights; {Boundary.Are(scored)} wanted, one for each scored time step");
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                return string.Create(CultureInfo.InvariantCulture, $"has the step weight {weights[i]} at [{i}]; a finite number of at least 0 is wanted");
            }
        }

        return Mismatch(sequence, scored, outputSize);
    }

    /// <summary>
    /// Computes the loss of the scored time steps and its gradient. The arguments fit: <see cref="Mismatch"/> has found nothing. To count a
    /// step by its weight is the loss's own task.
    /// </summary>
    /// <param name="scored">The outputs, targets and weights.</param>
    /// <param name="gradients">Receives [<see cref="ScoredSteps.Count"/>, <see cref="ScoredSteps.OutputSize"/>], every one of them: what is there before has no meaning.</param>
    /// <returns>The loss.</returns>
    protected abstract double Score(in ScoredSteps scored, Span<float> gradients);

    /// <summary>Says why a sequence's targets do not fit, as the end of a sentence: "has 4 targets; 6 are wanted".</summary>
    /// <param name="sequence">The sequence, whose weights and scored steps are in order.</param>
    /// <param name="scoredSteps">Time steps that are scored; at least 0.</param>
    /// <param name="outputSize">Floats that the network gives in a time step.</param>
    /// <returns>What was given and what was wanted, or <see langword="null"/> for targets that fit.</returns>
    protected abstract string? Mismatch(in TrainingSequence sequence, int scoredSteps, int outputSize);

    /// <summary>Checks that outputs are whole rows, one for each time step, and gives a row's floats.</summary>
    private protected static int RowSize(ReadOnlySpan<float> outputs, int steps)
    {
        Ranges.AtLeast(steps, 1, nameof(steps));
        return !outputs.IsEmpty && outputs.Length % steps == 0
            ? outputs.Length / steps
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"outputs has {outputs.Length} floats; a multiple of the {steps} time steps is wanted, at least 1 for each."),
                nameof(outputs));
    }
}
