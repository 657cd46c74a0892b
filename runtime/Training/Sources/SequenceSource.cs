using System;

namespace Recurrent.Training;

/// <summary>Where the batches of an epoch come from.</summary>
internal abstract class SequenceSource : IDisposable
{
    /// <summary>Batches of an epoch; 0 where it shows only in the end.</summary>
    public abstract int Batches { get; }

    /// <summary>What tells these sequences from others, as far as that can be said before an epoch.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Begins an epoch.</summary>
    /// <param name="order">The random numbers that decide its order, and nothing else does.</param>
    public abstract void BeginEpoch(ref SplitMix64 order);

    /// <summary>Goes on to the next batch.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool NextBatch();

    /// <summary>The sequences of the batch.</summary>
    public abstract ReadOnlySpan<TrainingSequence> Batch { get; }

    /// <summary>Where a sequence of the batch stands in what the caller gave, from 0.</summary>
    public abstract long PositionOf(int index);

    public virtual void Dispose()
    {
    }
}
