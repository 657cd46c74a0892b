using System;
using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// Connectionist temporal classification: -log of the probability that the outputs spell a sequence of labels, over all ways of aligning them with the
/// time steps (Graves, Fernández, Gomez and Schmidhuber 2006). The labels are fewer than the time steps, and nobody says when each comes.
/// </summary>
/// <remarks>
/// The network's outputs are logits, one for each label and one for the blank; the softmax is the loss's own. As PyTorch's <c>nn.CTCLoss</c> behind a
/// <c>log_softmax</c>, the loss of a sequence is divided by the number of its labels, or by 1 where it has none. Labels that cannot be spelled in the time
/// steps that are there are refused. All probabilities are logarithms, in double precision: logits of any finite size neither overflow nor lose the loss.
/// </remarks>
public sealed class CtcLoss : Loss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="blank">The output that says nothing; 0 to OutputSize - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blank"/> is below 0.</exception>
    public CtcLoss(int blank = 0) => Blank = Ranges.AtLeast(blank, 0, nameof(blank));

    /// <summary>The output that says nothing.</summary>
    public int Blank { get; }

    /// <summary>False: the labels are aligned with all time steps at once.</summary>
    public override bool IsPerStep => false;

    /// <summary>Reads labels from outputs, by the best path: the largest output of every time step, repetitions as one, blanks left out. Allocates nothing.</summary>
    /// <param name="outputs">[steps, OutputSize], row after row.</param>
    /// <param name="steps">Time steps; at least 1.</param>
    /// <param name="labels">Receives the labels; [steps] always suffices.</param>
    /// <returns>How many labels there are.</returns>
    /// <exception cref="ArgumentException">The outputs are not whole rows, or there are more labels than room for them.</exception>
    public int Read(ReadOnlySpan<float> outputs, int steps, Span<int> labels)
    {
        int size = RowSize(outputs, steps);
        int count = 0;
        int previous = Blank;
        for (int step = 0; step < steps; step++)
        {
            int best = TensorPrimitives.IndexOfMax(outputs.Slice(step * size, size));
            if (best != previous && best != Blank)
            {
                if (count == labels.Length)
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"labels has room for {labels.Length}; more are wanted: {steps} time steps have at most as many labels."),
                        nameof(labels));
                }

                labels[count++] = best;
            }

            previous = best;
        }

        return count;
    }

    /// <inheritdoc/>
    protected override double Score(in ScoredSteps scored, Span<float> gradients)
    {
        ReadOnlySpan<int> labels = scored.Classes;
        double[] rented = ArrayPool<double>.Shared.Rent(CtcLattice.Size(scored.Count, labels.Length));
        try
        {
            CtcLattice lattice = new(rented, scored.Count, labels, Blank);
            return lattice.Compute(scored.Outputs, gradients, 1f / Math.Max(labels.Length, 1));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    protected override string? Mismatch(in TrainingSequence sequence, int scoredSteps, int outputSize)
    {
        if (!sequence.Targets.IsEmpty)
        {
            return $"has targets that are floats; labels are wanted, for {nameof(CtcLoss)}";
        }

        if (!sequence.StepWeights.IsEmpty)
        {
            return $"has step weights; none are wanted, for {nameof(CtcLoss)} scores all time steps as one";
        }

        if (Blank >= outputSize)
        {
            return string.Create(CultureInfo.InvariantCulture, $"meets {outputSize} outputs; more are wanted, for the blank is {Blank}");
        }

        ReadOnlySpan<int> labels = sequence.Classes.Span;
        int repetitions = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)outputSize || labels[i] == Blank)
            {
                return string.Create(CultureInfo.InvariantCulture, $"has label {labels[i]} at [{i}]; 0 to {outputSize - 1} is wanted, but for the blank {Blank}");
            }

            repetitions += i > 0 && labels[i] == labels[i - 1] ? 1 : 0;
        }

        return labels.Length + repetitions <= scoredSteps || scoredSteps == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"has {labels.Length} labels with {repetitions} repetitions, which take {labels.Length + repetitions} time steps; {scoredSteps} are scored");
    }
}
