using System;

namespace Recurrent.Training;

/// <summary>
/// Runs a group of sequences forward and backward together, as <see cref="ITrainableNetwork{TSelf}.ForwardMany"/> does, with the buffers that it needs. Where their tape
/// would be large, the group is cut: where depends on the lengths of its sequences alone.
/// </summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <param name="network">The network.</param>
/// <param name="start">Where sequences begin.</param>
/// <param name="loss">What is differentiated.</param>
/// <param name="tapeFloats">Floats that the tape may take; no sequence has more.</param>
internal sealed class GroupTraining<TNetwork>(TNetwork network, SequenceStart<TNetwork> start, Loss loss, long tapeFloats)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>Floats of a tape of several sequences at most: 64 MB.</summary>
    private const int MostTapeFloats = 1 << 24;

    private readonly int _mostTogether = (int)(Math.Min(MostTapeFloats, tapeFloats) / Math.Max(1, TNetwork.TapeSize(1)));
    private int[] _lengths = [];
    private float[] _states = [];
    private float[] _finals = [];
    private float[] _inputs = [];
    private float[] _outputs = [];
    private float[] _outputGradients = [];
    private float[] _tape = [];

    /// <summary>Makes the buffers large enough.</summary>
    /// <param name="sequences">Sequences of a group.</param>
    /// <param name="steps">Time steps of the longest.</param>
    public void Prepare(int sequences, int steps)
    {
        Grow(ref _lengths, sequences);
        Grow(ref _states, checked(sequences * TNetwork.StateSize));
        Grow(ref _finals, _states.Length);
        int together = (int)Math.Min((long)sequences * steps, Math.Max(steps, _mostTogether));
        Grow(ref _inputs, checked(together * TNetwork.InputSize));
        Grow(ref _outputs, checked(together * TNetwork.OutputSize));
        Grow(ref _outputGradients, _outputs.Length);
        Grow(ref _tape, TNetwork.TapeSize(together));
    }

    /// <summary>Runs sequences forward and backward.</summary>
    /// <param name="sequences">The sequences, which have been checked.</param>
    /// <param name="seeds">A seed for each, of what is left to chance.</param>
    /// <param name="losses">Receives the loss of each.</param>
    /// <param name="parameterGradients">The sum of the gradients of their losses is added to them.</param>
    /// <param name="finals">[any, StateSize]: receives the state behind each sequence; empty where nobody wants it.</param>
    /// <param name="slots">Which row of them each sequence has.</param>
    /// <exception cref="RefusedSequenceException">The network refuses inputs.</exception>
    public void Train(
        ReadOnlySpan<TrainingSequence> sequences,
        ReadOnlySpan<ulong> seeds,
        Span<double> losses,
        Span<float> parameterGradients,
        Span<float> finals,
        ReadOnlySpan<int> slots)
    {
        for (int first = 0; first < sequences.Length;)
        {
            int count = 0;
            int steps = 0;
            while (first + count < sequences.Length && (count == 0 || steps + StepsOf(sequences[first + count]) <= _mostTogether))
            {
                steps += StepsOf(sequences[first + count++]);
            }

            try
            {
                Together(sequences.Slice(first, count), steps, seeds.Slice(first, count), losses.Slice(first, count), parameterGradients);
                for (int i = 0; i < count && !finals.IsEmpty; i++)
                {
                    StateOf(_finals, i).CopyTo(StateOf(finals, slots[first + i]));
                }
            }
            catch (RefusedSequenceException e)
            {
                throw new RefusedSequenceException(first + e.Index, e.Reason);
            }

            first += count;
        }
    }

    private static int StepsOf(in TrainingSequence sequence) => sequence.Inputs.Length / TNetwork.InputSize;

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }

    private void Together(ReadOnlySpan<TrainingSequence> sequences, int steps, ReadOnlySpan<ulong> seeds, Span<double> losses, Span<float> parameterGradients)
    {
        Span<int> lengths = _lengths.AsSpan(0, sequences.Length);
        Span<float> states = _states.AsSpan(0, sequences.Length * TNetwork.StateSize);
        Span<float> x = _inputs.AsSpan(0, steps * TNetwork.InputSize);
        Span<float> y = _outputs.AsSpan(0, steps * TNetwork.OutputSize);
        Span<float> dy = _outputGradients.AsSpan(0, y.Length);
        Span<float> kept = _tape.AsSpan(0, TNetwork.TapeSize(steps));
        int at = 0;
        for (int i = 0; i < sequences.Length; at += sequences[i++].Inputs.Length)
        {
            lengths[i] = StepsOf(sequences[i]);
            sequences[i].Inputs.Span.CopyTo(x[at..]);
            start.Write(sequences[i], seeds[i], StateOf(states, i));
        }

        try
        {
            network.ForwardMany(lengths, x, states, y, kept, seeds);
        }
        catch (ArgumentException)
        {
            ThrowRefused(sequences);
            throw;
        }

        states.CopyTo(_finals);
        at = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            int outputs = lengths[i] * TNetwork.OutputSize;
            losses[i] = loss.ComputeChecked(y.Slice(at, outputs), lengths[i], sequences[i], dy.Slice(at, outputs));
            at += outputs;
        }

        // Nothing is scored behind the last step: the gradient by the final state is 0.
        states.Clear();
        network.BackwardMany(lengths, dy, states, kept, parameterGradients, inputGradients: []);
        for (int i = 0; i < sequences.Length; i++)
        {
            if (sequences[i].InitialState.IsEmpty)
            {
                network.BackwardStart(StateOf(states, i), parameterGradients);
            }
        }
    }

    private static Span<float> StateOf(Span<float> states, int sequence) => states.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize);

    /// <summary>Finds the first sequence that the network refuses by itself.</summary>
    private void ThrowRefused(ReadOnlySpan<TrainingSequence> sequences)
    {
        for (int i = 0; i < sequences.Length; i++)
        {
            int steps = StepsOf(sequences[i]);
            Span<float> state = StateOf(_states, 0);
            start.Write(sequences[i], state);
            try
            {
                network.Forward(sequences[i].Inputs.Span, state, _outputs.AsSpan(0, steps * TNetwork.OutputSize), _tape.AsSpan(0, TNetwork.TapeSize(steps)));
            }
            catch (ArgumentException e)
            {
                throw new RefusedSequenceException(i, e);
            }
        }
    }
}
