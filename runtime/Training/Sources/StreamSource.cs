using System;
using System.Collections.Generic;

namespace Recurrent.Training;

/// <summary>
/// Sequences that are enumerated anew for each epoch. So many of them are held at a time, and each that a batch takes is drawn from those, then replaced
/// by the next: with 1 their order is that of the source.
/// </summary>
internal sealed class StreamSource : SequenceSource
{
    private readonly IEnumerable<TrainingSequence> _source;
    private readonly TrainingSequence[] _batch;
    private readonly long[] _batchPositions;
    private readonly TrainingSequence[] _held;
    private readonly long[] _heldPositions;
    private IEnumerator<TrainingSequence>? _rest;
    private SplitMix64 _order;
    private int _heldCount;
    private int _batchCount;
    private long _read;

    public StreamSource(IEnumerable<TrainingSequence> source, int batchSize, int held)
    {
        _source = source;
        _batch = new TrainingSequence[batchSize];
        _batchPositions = new long[batchSize];
        _held = new TrainingSequence[held];
        _heldPositions = new long[held];
    }

    public override int Batches => 0;

    public override string Fingerprint => "an enumeration";

    public override ReadOnlySpan<TrainingSequence> Batch => _batch.AsSpan(0, _batchCount);

    public override void BeginEpoch(ref SplitMix64 order)
    {
        // One number decides the epoch, however many sequences it turns out to have.
        _order = new SplitMix64(order.Next());
        _rest?.Dispose();
        _rest = _source.GetEnumerator();
        _heldCount = 0;
        _read = 0;
        while (_heldCount < _held.Length && TryRead(_heldCount))
        {
            _heldCount++;
        }
    }

    public override bool NextBatch()
    {
        for (_batchCount = 0; _batchCount < _batch.Length && _heldCount > 0; _batchCount++)
        {
            int drawn = _order.NextBelow(_heldCount);
            _batch[_batchCount] = _held[drawn];
            _batchPositions[_batchCount] = _heldPositions[drawn];
            if (!TryRead(drawn))
            {
                _heldCount--;
                _held[drawn] = _held[_heldCount];
                _heldPositions[drawn] = _heldPositions[_heldCount];
                _held[_heldCount] = default;
            }
        }

        return _batchCount > 0;
    }

    public override long PositionOf(int index) => _batchPositions[index];

    public override void Dispose()
    {
        _rest?.Dispose();
        _rest = null;
    }

    private bool TryRead(int place)
    {
        if (_rest is null || !_rest.MoveNext())
        {
            return false;
        }

        _held[place] = _rest.Current;
        _heldPositions[place] = _read++;
        return true;
    }
}
