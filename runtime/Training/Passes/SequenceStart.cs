using System;

namespace Recurrent.Training;

/// <summary>The state that a sequence begins in: its own, or the network's, which may be zeros or learned, and noise.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <param name="network">The network.</param>
/// <param name="deviation">The standard deviation of the noise while a sequence is trained on; at least 0.</param>
internal sealed class SequenceStart<TNetwork>(TNetwork network, double deviation)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // What a network drops is drawn with the sequence's seed itself: other bits for the noise.
    private const ulong Noise = 0x6E6F697365000000;

    /// <summary>Writes the state of a sequence that is trained on.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="seed">Its seed for this visit.</param>
    /// <param name="state">[StateSize]</param>
    public void Write(in TrainingSequence sequence, ulong seed, Span<float> state)
    {
        Write(sequence, state);
        if (deviation > 0 && sequence.InitialState.IsEmpty)
        {
            SplitMix64 random = new(seed ^ Noise);
            foreach (ref float value in state)
            {
                value += (float)(deviation * NormalDistribution.Next(ref random));
            }
        }
    }

    /// <summary>Writes the state of a sequence that is measured.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="state">[StateSize]</param>
    public void Write(in TrainingSequence sequence, Span<float> state)
    {
        if (sequence.InitialState.IsEmpty)
        {
            network.StartState(state);
        }
        else
        {
            sequence.InitialState.Span.CopyTo(state);
        }
    }
}
