using System;

namespace Recurrent.Training;

/// <summary>What a <see cref="Loss"/> scores: what the network gave at the time steps that count, beside what it should have given.</summary>
public readonly ref struct ScoredSteps
{
    internal ScoredSteps(ReadOnlySpan<float> outputs, int count, in TrainingSequence sequence)
    {
        Outputs = outputs;
        Count = count;
        OutputSize = outputs.Length / count;
        Targets = sequence.Targets.Span;
        Classes = sequence.Classes.Span;
        Weights = sequence.StepWeights.Span;
    }

    /// <summary>How many time steps are scored; at least 1.</summary>
    public int Count { get; }

    /// <summary>Floats that the network gives in a time step.</summary>
    public int OutputSize { get; }

    /// <summary>[<see cref="Count"/>, <see cref="OutputSize"/>], row after row.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The targets that are real numbers, of whatever length the loss has accepted.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>The targets that are classes, of whatever length the loss has accepted.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary>[<see cref="Count"/>]: finite, at least 0; empty where every step counts 1.</summary>
    public ReadOnlySpan<float> Weights { get; }
}
