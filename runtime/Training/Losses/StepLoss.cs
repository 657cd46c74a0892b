using System;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// A loss that gives every time step a cost of its own, from targets that are real numbers: Σ wₜ costₜ / Σ wₜ over the scored steps,
/// wₜ being their weights. Where all weights are 0 it is 0.
/// </summary>
/// <remarks>
/// A loss of your own is one method:
/// <code>
/// sealed class LogCosh : StepLoss
/// {
///     protected override double Sum(ReadOnlySpan&lt;float&gt; outputs, ReadOnlySpan&lt;float&gt; targets, int steps, Span&lt;float&gt; gradients)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; outputs.Length; i++)
///         {
///             sum += Math.Log(Math.Cosh(outputs[i] - targets[i]));
///             gradients[i] = MathF.Tanh(outputs[i] - targets[i]);
///         }
///
///         return sum;
///     }
/// }
/// </code>
/// </remarks>
public abstract class StepLoss : Loss
{
    /// <summary>Computes the sum of the costs of one or more time steps that count the same, and its gradient by every output.</summary>
    /// <param name="outputs">[steps, OutputSize], row after row.</param>
    /// <param name="targets">[steps, <see cref="TargetSize"/>], row after row.</param>
    /// <param name="steps">Time steps; at least 1.</param>
    /// <param name="gradients">Receives [steps, OutputSize], every one of them; overlaps neither outputs nor targets.</param>
    /// <returns>The sum, before any weight.</returns>
    protected abstract double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients);

    /// <summary>Floats of a time step's target; by default as many as the network gives.</summary>
    /// <param name="outputSize">Floats that the network gives in a time step; at least 1, and <see cref="OutputMismatch"/> finds nothing.</param>
    protected virtual int TargetSize(int outputSize) => outputSize;

    /// <summary>Says why a network's outputs do not fit, as the end of a sentence: "meets 3 outputs; an even number is wanted". By default all do.</summary>
    /// <param name="outputSize">Floats that the network gives in a time step; at least 1.</param>
    /// <returns>What was given and what was wanted, or <see langword="null"/> for outputs that fit.</returns>
    protected virtual string? OutputMismatch(int outputSize) => null;

    /// <inheritdoc/>
    protected sealed override double Score(in ScoredSteps scored, Span<float> gradients)
    {
        int targetSize = scored.Targets.Length / scored.Count;
        if (scored.Weights.IsEmpty)
        {
            double sum = Sum(scored.Outputs, scored.Targets, scored.Count, gradients);
            TensorPrimitives.Multiply(gradients, 1f / scored.Count, gradients);
            return sum / scored.Count;
        }

        double total = 0;
        foreach (float weight in scored.Weights)
        {
            total += weight;
        }

        double loss = 0;
        for (int start = 0; start < scored.Count;)
        {
            float weight = scored.Weights[start];
            int others = scored.Weights[start..].IndexOfAnyExcept(weight);
            int steps = others < 0 ? scored.Count - start : others;
            Span<float> g = gradients.Slice(start * scored.OutputSize, steps * scored.OutputSize);
            if (weight == 0)
            {
                // What is not scored may be anything, NaN too.
                g.Clear();
            }
            else
            {
                loss += weight * Sum(scored.Outputs.Slice(start * scored.OutputSize, g.Length), scored.Targets.Slice(start * targetSize, steps * targetSize), steps, g);
                TensorPrimitives.Multiply(g, (float)(weight / total), g);
            }

            start += steps;
        }

        return total == 0 ? 0 : loss / total;
    }

    /// <inheritdoc/>
    protected sealed override string? Mismatch(in TrainingSequence sequence, int scoredSteps, int outputSize)
    {
        if (!sequence.Classes.IsEmpty)
        {
            return $"has class indices; targets that are floats are wanted, for {GetType().Name}";
        }

        if (OutputMismatch(outputSize) is { } mismatch)
        {
            return mismatch;
        }

        int targetSize = TargetSize(outputSize);
        return sequence.Targets.Length == (long)scoredSteps * targetSize
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"has {sequence.Targets.Length} targets; {Boundary.Are((long)scoredSteps * targetSize)} wanted ({scoredSteps} scored time steps of {targetSize})");
    }
}
