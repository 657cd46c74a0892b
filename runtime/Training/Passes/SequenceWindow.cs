using System;

namespace Recurrent.Training;

/// <summary>A part of a sequence, as a sequence.</summary>
internal static class SequenceWindow
{
    /// <summary>Cuts time steps out of a sequence, with what is scored of them.</summary>
    /// <param name="sequence">The sequence, which has been checked.</param>
    /// <param name="inputSize">Floats of a time step's input.</param>
    /// <param name="first">The first time step.</param>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="state">The state before the first; empty for the sequence's own.</param>
    public static TrainingSequence Of(in TrainingSequence sequence, int inputSize, int first, int count, ReadOnlyMemory<float> state)
    {
        int steps = sequence.Inputs.Length / inputSize;
        int scored = sequence.ScoredSteps ?? steps;

        // Rows of targets, of which the first belongs to time step steps - scored.
        int from = Math.Max(0, first - (steps - scored));
        int rows = Math.Max(0, first + count - (steps - scored)) - from;
        ReadOnlyMemory<float> inputs = sequence.Inputs.Slice(first * inputSize, count * inputSize);
        TrainingSequence window = sequence.Classes.IsEmpty
            ? new TrainingSequence(inputs, Rows(sequence.Targets, scored, from, rows))
            : new TrainingSequence(inputs, Rows(sequence.Classes, scored, from, rows));
        return window with
        {
            ScoredSteps = rows,
            StepWeights = Rows(sequence.StepWeights, scored, from, rows),
            Weight = sequence.Weight,
            InitialState = state.IsEmpty ? sequence.InitialState : state,
        };
    }

    private static ReadOnlyMemory<T> Rows<T>(ReadOnlyMemory<T> values, int scored, int from, int rows)
    {
        int size = scored == 0 ? 0 : values.Length / scored;
        return values.Slice(from * size, rows * size);
    }
}
