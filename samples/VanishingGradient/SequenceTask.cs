using System;
using System.Linq;
using Recurrent;
using Recurrent.Training;

/// <summary>What networks learn here, and how well they do it.</summary>
public abstract class SequenceTask
{
    /// <summary>What training makes small.</summary>
    public abstract Loss Loss { get; }

    /// <summary>Sequences to learn from.</summary>
    public abstract TrainingSequence[] Draw(int count, int seed);

    /// <summary>Sequences to measure by, which are never learned from.</summary>
    public abstract TrainingSequence[] HeldOut(int count);

    /// <summary>How well a network does on sequences; 1 is perfect.</summary>
    public double Score<TNetwork>(TNetwork network, TrainingSequence[] sequences)
        where TNetwork : class, INetwork<TNetwork> => sequences.Average(sequence =>
        {
            float[] outputs = new float[sequence.Inputs.Length / TNetwork.InputSize * TNetwork.OutputSize];
            network.Run(sequence.Inputs.Span, new float[TNetwork.StateSize], outputs);
            return Score(sequence, outputs);
        });

    /// <summary>The score of one sequence; the mean over many is what counts.</summary>
    protected abstract double Score(in TrainingSequence sequence, ReadOnlySpan<float> outputs);
}
