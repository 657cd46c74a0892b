using System;

namespace Recurrent.Training;

/// <summary>
/// A batch that is gone through in windows of time steps: the state in which a sequence leaves a window is the one in which it enters the next, and no
/// gradient goes back from there.
/// </summary>
internal sealed class WindowedBatch(int inputSize, int stateSize)
{
    private TrainingSequence[] _windows = [];
    private int[] _slots = [];
    private int _count;

    /// <summary>[batch, StateSize]: the state of each sequence after the window before.</summary>
    public float[] States { get; private set; } = [];

    /// <summary>For each sequence that the window has a part of, where it stands in the batch.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    /// <summary>How many windows a batch has.</summary>
    public int Windows(ReadOnlySpan<TrainingSequence> batch, int windowSteps)
    {
        int longest = 0;
        foreach (ref readonly TrainingSequence sequence in batch)
        {
            longest = Math.Max(longest, sequence.Inputs.Length / inputSize);
        }

        return ((longest - 1) / windowSteps) + 1;
    }

    /// <summary>Makes room for batches of so many sequences; states that are there stay.</summary>
    public void Prepare(int sequences)
    {
        if (_windows.Length < sequences)
        {
            _windows = new TrainingSequence[sequences];
            _slots = new int[sequences];
        }

        if (States.Length < sequences * stateSize)
        {
            float[] states = States;
            Array.Resize(ref states, checked(sequences * stateSize));
            States = states;
        }
    }

    /// <summary>Replaces the states by those of a checkpoint.</summary>
    public void Restore(ReadOnlySpan<byte> states)
    {
        int floats = states.Length / sizeof(float);
        if (States.Length < floats)
        {
            States = new float[floats];
        }

        LittleEndian.Read(states, States.AsSpan(0, floats));
    }

    /// <summary>Cuts a window out of every sequence that is long enough to have a part of it.</summary>
    public ReadOnlySpan<TrainingSequence> Cut(ReadOnlySpan<TrainingSequence> batch, int window, int windowSteps)
    {
        _count = 0;
        int first = window * windowSteps;
        for (int i = 0; i < batch.Length; i++)
        {
            int rest = (batch[i].Inputs.Length / inputSize) - first;
            if (rest > 0)
            {
                ReadOnlyMemory<float> state = window == 0 ? default : States.AsMemory(i * stateSize, stateSize);
                _windows[_count] = SequenceWindow.Of(batch[i], inputSize, first, Math.Min(rest, windowSteps), state);
                _slots[_count++] = i;
            }
        }

        return _windows.AsSpan(0, _count);
    }

    /// <summary>The sum of the losses of a window, each by the part of its sequence's time steps that it has, so that those of all windows add up to a mean.</summary>
    public double Sum(ReadOnlySpan<TrainingSequence> batch, ReadOnlySpan<double> losses)
    {
        double sum = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            sum += losses[i] * _windows[i].Inputs.Length / batch[_slots[i]].Inputs.Length;
        }

        return sum;
    }
}
