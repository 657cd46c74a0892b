using System;

namespace Recurrent.Training;

/// <summary>How a <see cref="Trainer{TNetwork}"/> trains. A value outside its range is refused where it is set.</summary>
public sealed record TrainingOptions
{
    /// <summary>How many times <see cref="Trainer{TNetwork}.Train"/> goes through all sequences; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Epochs
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = 10;

    /// <summary>Sequences whose gradients are averaged for one step of the optimiser; at least 1. The last batch of an epoch may have fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int BatchSize
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = 32;

    /// <summary>Which optimiser, and its settings; by default Adam with those of PyTorch.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public OptimizerOptions Optimizer
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Optimizer));
            field = value;
        }
    } = new AdamOptions();

    /// <summary>The optimiser's learning rate at the start; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRate
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1e-3;

    /// <summary>
    /// The limit of the norm of a batch's gradient (<see cref="Gradients.ClipNorm"/>); above 0. By default 1, because the gradients of
    /// recurrent networks explode now and then; <see cref="double.PositiveInfinity"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double ClipNorm
    {
        get;
        init => field = Ranges.AboveZero(value);
    } = 1;

    /// <summary>
    /// The limit of every single element of a batch's gradient (<see cref="Gradients.ClipValue"/>), in front of <see cref="ClipNorm"/>; above 0. By default
    /// <see cref="double.PositiveInfinity"/>, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double ClipValue
    {
        get;
        init => field = Ranges.AboveZero(value);
    } = double.PositiveInfinity;

    /// <summary>How the learning rate changes; by default it does not.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public Schedule Schedule
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Schedule));
            field = value;
        }
    } = new ConstantSchedule();

    /// <summary>
    /// How much an update of the weights' <see cref="MovingAverage"/> keeps of it, in [0, 1); <see langword="null"/>, the default, for no average. 0.999 averages
    /// about the last thousand steps.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double? AverageDecay
    {
        get;
        init => field = value is { } decay ? Ranges.Decay(decay) : null;
    }

    /// <summary>Determines the order in which sequences are visited, shuffled anew for each epoch, and what layers with dropout or zoneout drop and keep.</summary>
    public int Seed { get; init; }
}
