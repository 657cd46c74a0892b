using System;

namespace Recurrent.Training;

/// <summary>How a <see cref="Trainer{TNetwork}"/> trains. A value outside its range is refused where it is set.</summary>
public sealed record TrainingOptions
{
    /// <summary>How many times <c>Train</c> goes through all sequences; at least 1.</summary>
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

    /// <summary>
    /// The standard deviation of normal noise that is added to the state that a sequence begins in, anew each time it is trained on; finite, at least 0, the default. A network that has
    /// learned from many beginnings forgets a wrong one sooner (Zimmermann, Tietz and Grothmann 2012). A sequence with an <see cref="TrainingSequence.InitialState"/> of its own begins in that.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double InitialStateDeviation
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>
    /// Threads that share a batch, the caller's among them; at least 1. They are started with the trainer and wait between batches. Their number has no
    /// effect on any bit; more than a batch has groups (<see cref="GroupSize"/>) are of no use.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Threads
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = 1;

    /// <summary>
    /// Sequences of a batch that one thread takes at a time, and whose gradients it sums in a buffer of their own before the groups are added in order; at
    /// least 1. Sums in another order round differently: unlike <see cref="Threads"/>, this is a part of what determines the bits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int GroupSize
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = 16;

    /// <summary>
    /// The part of the sequences that <c>Train</c> does not train on but measures every epoch by; in [0, 1). Which ones follows from <see cref="Seed"/> and from
    /// how many there are.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double ValidationFraction
    {
        get;
        init => field = Ranges.Decay(value);
    }

    /// <summary>
    /// Early stopping: how many epochs in a row may pass without a loss lower than the lowest so far, of validation where there is one and of training
    /// otherwise; at least 1. <see langword="null"/>, the default, trains for all <see cref="Epochs"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int? Patience
    {
        get;
        init => field = value is { } given ? Ranges.AtLeast(given, 1) : null;
    }

    /// <summary>By how much the loss of an epoch must be lower than the lowest so far to count as lower; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double MinimumImprovement
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>Whether the network has the weights of its best epoch when <c>Train</c> returns, instead of those of the last one.</summary>
    public bool KeepBest { get; init; }

    /// <summary>
    /// Sequences that are held at a time, and from which batches are drawn, where <c>Train</c> enumerates its sequences; at least 1, which keeps their order.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int ShuffleSize
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = 1024;

    /// <summary>
    /// A file that <c>Train</c> writes a checkpoint to, after every epoch, when it is cancelled, and every <see cref="CheckpointBatches"/> batches or windows; <see langword="null"/>, the
    /// default, for none. <see cref="Trainer{TNetwork}.LoadCheckpoint"/> goes on from there.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>After how many steps of the optimiser, batches or windows of them, <c>Train</c> writes a checkpoint, where <see cref="CheckpointPath"/> says where; 0, the default, waits for the end of the epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int CheckpointBatches
    {
        get;
        init => field = Ranges.AtLeast(value, 0);
    }

    /// <summary>
    /// Truncated back-propagation through time (Williams and Peng 1990): time steps of a window; at least 1. Every sequence is cut into windows, and the optimiser takes a step after each: the
    /// state is carried over from one to the next, and no gradient goes back. <see langword="null"/>, the default, takes one step on whole sequences.
    /// </summary>
    /// <remarks>Windows of sequences that have come to their end are left out, and the others' gradients averaged. The loss of a window is the mean over what is scored in it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int? TruncatedSteps
    {
        get;
        init => field = value is { } given ? Ranges.AtLeast(given, 1) : null;
    }

    /// <summary>
    /// Bytes that each thread may use for the tape, what the forward pass keeps for the backward pass; at least 4. Where a sequence's tape is larger, it is run in segments:
    /// the states that they begin with are kept, and each is run forward again before it is run backward, for a third more time. <see langword="null"/>, the default, is
    /// as many as an array can have.
    /// </summary>
    /// <remarks>
    /// Outputs are the same bits as without segments, and gradients the same within rounding. Masks of dropout and zoneout are drawn for each segment anew. Inputs, targets, outputs
    /// and their gradients come on top.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public long? TapeBytes
    {
        get;
        init => field = value is { } given ? Ranges.AtLeast(given, sizeof(float)) : null;
    }
}
