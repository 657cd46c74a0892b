using System;

namespace Recurrent.Bench.Compare;

/// <summary>A workload in the hands of one library. It begins with a state of zeros and at the first input.</summary>
public interface IWork : IDisposable
{
    /// <summary>What the last repetition gave: outputs, or the loss of a training step.</summary>
    ReadOnlySpan<float> Result { get; }

    /// <summary>Does the work so many times, each going on from the one before.</summary>
    void Repeat(int count);
}
