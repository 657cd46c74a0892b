using System;
using System.Globalization;
using Recurrent.Sampling;

namespace Recurrent.Training;

/// <summary>
/// A sequence to learn from: the inputs of its time steps, and what the network should give at those that are scored. It refers to the
/// caller's memory; slices of one array may serve as overlapping windows of a series.
/// </summary>
public readonly record struct TrainingSequence
{
    /// <summary>A sequence whose targets are real numbers.</summary>
    /// <param name="inputs">[steps, InputSize], row after row; at least one time step.</param>
    /// <param name="targets">A row for each scored time step, as long as the loss wants: for most losses [steps, OutputSize].</param>
    public TrainingSequence(ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> targets)
    {
        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>A sequence whose targets are classes.</summary>
    /// <param name="inputs">[steps, InputSize], row after row; at least one time step.</param>
    /// <param name="classes">
    /// The index of the right class at each scored time step, from 0 to OutputSize - 1; or, for a loss that aligns the two itself, the
    /// labels that the whole sequence should give, fewer than it has time steps.
    /// </param>
    public TrainingSequence(ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> classes)
    {
        Inputs = inputs;
        Classes = classes;
    }

    /// <summary>[steps, InputSize], row after row.</summary>
    public ReadOnlyMemory<float> Inputs { get; }

    /// <summary>[scored steps, target size], row after row; empty where the targets are classes.</summary>
    public ReadOnlyMemory<float> Targets { get; }

    /// <summary>[scored steps]: indices of classes; or a sequence of labels. Empty where the targets are real numbers.</summary>
    public ReadOnlyMemory<int> Classes { get; }

    /// <summary>
    /// How many time steps are scored, counted from the end; 0 to steps, by default all of them. Outputs before them cost nothing and
    /// have no targets: the network only reads there.
    /// </summary>
    public int? ScoredSteps { get; init; }

    /// <summary>
    /// [scored steps]: how much each scored time step counts beside the others; finite, at least 0. Empty, the default: all the same. The
    /// loss is a mean, so twice the weights are the same loss. A mask is weights of 1 and 0; where all are 0, loss and gradient are 0.
    /// </summary>
    public ReadOnlyMemory<float> StepWeights { get; init; }

    /// <summary>
    /// What the sequence's loss and gradient are multiplied by; finite, by default 1. A batch's mean divides by the number of its
    /// sequences, whatever they weigh, so that a sequence's pull does not depend on its company.
    /// </summary>
    public float Weight { get; init; } = 1;

    /// <summary>
    /// [StateSize]: the state before the first step, which no gradient reaches. Empty, the default: what
    /// <see cref="INetwork{TSelf}.StartState"/> writes, zeros or what is learned.
    /// </summary>
    public ReadOnlyMemory<float> InitialState { get; init; }

    /// <summary>Many to one: a sequence whose last time step alone is scored.</summary>
    /// <param name="inputs">[steps, InputSize], row after row; at least one time step.</param>
    /// <param name="target">What the network should give at the last: for most losses [OutputSize].</param>
    public static TrainingSequence ManyToOne(ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> target) => new(inputs, target) { ScoredSteps = 1 };

    /// <summary>Many to one: a sequence that belongs to a class, which the network should know at the last time step.</summary>
    /// <param name="inputs">[steps, InputSize], row after row; at least one time step.</param>
    /// <param name="classIndex">The class, from 0 to OutputSize - 1.</param>
    public static TrainingSequence ManyToOne(ReadOnlyMemory<float> inputs, int classIndex) => new(inputs, new[] { classIndex }) { ScoredSteps = 1 };

    /// <summary>
    /// One to many: tokens, each of which the network should expect when it has read those before it, as a <see cref="SequenceSampler{TNetwork}"/> writes them.
    /// </summary>
    /// <param name="tokens">At least two; the first is read only.</param>
    /// <param name="inputSize">The network's InputSize: 1 where it reads a token's index, as an embedding does, else a token is zeros with a 1 at its index.</param>
    /// <exception cref="ArgumentException">There are fewer than two tokens, or one is no index.</exception>
    public static TrainingSequence OneToMany(ReadOnlySpan<int> tokens, int inputSize = 1)
    {
        Ranges.AtLeast(inputSize, 1, nameof(inputSize));
        return tokens.Length >= 2
            ? new TrainingSequence(Tokens.Rows(tokens[..^1], inputSize, nameof(tokens)), tokens[1..].ToArray())
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There {(tokens.Length == 1 ? "is 1 token" : "are 0 tokens")}; at least 2 are wanted."), nameof(tokens));
    }

    /// <summary>
    /// One to many: a series whose next row the network should give when it has read those before it, as a <see cref="SequenceSampler{TNetwork}"/> goes on with it.
    /// </summary>
    /// <param name="series">[rows, size], at least two; the first is read only, the last only a target.</param>
    /// <param name="size">Floats of a row, which are the network's InputSize and OutputSize; at least 1.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows, or these are no whole ones.</exception>
    public static TrainingSequence OneToMany(ReadOnlyMemory<float> series, int size)
    {
        Ranges.AtLeast(size, 1, nameof(size));
        return series.Length % size == 0 && series.Length / size >= 2
            ? new TrainingSequence(series[..^size], series[size..])
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"series has {series.Length} floats; rows of {size} are wanted, at least 2."), nameof(series));
    }
}
