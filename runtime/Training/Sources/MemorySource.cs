using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>Sequences in memory, in an order that is drawn anew for each epoch.</summary>
internal sealed class MemorySource : SequenceSource
{
    private readonly TrainingSequence[] _sequences;
    private readonly TrainingSequence[] _shuffled;
    private readonly int[] _positions;
    private readonly int[] _order;
    private readonly int _batchSize;
    private int _start;

    /// <param name="sequences">The sequences; at least one.</param>
    /// <param name="positions">Where each stands in the caller's list.</param>
    /// <param name="batchSize">Sequences of a batch.</param>
    public MemorySource(TrainingSequence[] sequences, int[] positions, int batchSize)
    {
        _sequences = sequences;
        _positions = positions;
        _batchSize = batchSize;
        _shuffled = new TrainingSequence[sequences.Length];
        _order = new int[sequences.Length];
    }

    public override int Batches => ((_sequences.Length - 1) / _batchSize) + 1;

    public override string Fingerprint
    {
        get
        {
            long inputs = 0;
            ulong hash = 14695981039346656037; // Fowler, Noll and Vo's, of the lengths
            foreach (TrainingSequence sequence in _sequences)
            {
                inputs += sequence.Inputs.Length;
                hash = (hash ^ (uint)sequence.Inputs.Length) * 1099511628211;
            }

            return string.Create(CultureInfo.InvariantCulture, $"{_sequences.Length} sequences of {inputs} inputs ({hash:x16})");
        }
    }

    public override ReadOnlySpan<TrainingSequence> Batch => _shuffled.AsSpan(_start, Math.Min(_batchSize, _shuffled.Length - _start));

    /// <summary>Fisher and Yates's shuffle: every order is as likely as any other, and the same numbers give the same order everywhere.</summary>
    public override void BeginEpoch(ref SplitMix64 order)
    {
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        for (int last = _order.Length - 1; last > 0; last--)
        {
            int other = order.NextBelow(last + 1);
            (_order[last], _order[other]) = (_order[other], _order[last]);
        }

        for (int i = 0; i < _order.Length; i++)
        {
            _shuffled[i] = _sequences[_order[i]];
        }

        _start = -_batchSize;
    }

    public override bool NextBatch()
    {
        _start += _batchSize;
        return _start < _shuffled.Length;
    }

    public override long PositionOf(int index) => _positions[_order[_start + index]];
}
