using System;

namespace Recurrent.Training;

/// <summary>
/// A sequence to learn from: the inputs of its time steps, and what the network should give at each. It refers to the caller's
/// memory; slices of one array may serve as overlapping windows of a series.
/// </summary>
public readonly record struct TrainingSequence
{
    /// <summary>A sequence whose targets are real numbers, for <see cref="MeanSquaredErrorLoss"/>.</summary>
    /// <param name="inputs">[steps, InputSize], row after row; at least one time step.</param>
    /// <param name="targets">[steps, OutputSize], row after row.</param>
    public TrainingSequence(ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> targets)
    {
        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>A sequence whose targets are classes, for <see cref="CrossEntropyLoss"/>.</summary>
    /// <param name="inputs">[steps, InputSize], row after row; at least one time step.</param>
    /// <param name="classes">[steps]: the index of the right class at each time step, from 0 to OutputSize - 1.</param>
    public TrainingSequence(ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> classes)
    {
        Inputs = inputs;
        Classes = classes;
    }

    /// <summary>[steps, InputSize], row after row.</summary>
    public ReadOnlyMemory<float> Inputs { get; }

    /// <summary>[steps, OutputSize], row after row; empty where the targets are classes.</summary>
    public ReadOnlyMemory<float> Targets { get; }

    /// <summary>[steps]: indices of classes; empty where the targets are real numbers.</summary>
    public ReadOnlyMemory<int> Classes { get; }
}
