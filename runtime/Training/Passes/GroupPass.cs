using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>The passes of training over a group of sequences, one thread's work, with the buffers that they need.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <param name="network">The network.</param>
/// <param name="start">Where sequences begin.</param>
/// <param name="loss">What is differentiated.</param>
/// <param name="tapeFloats">Floats that the tape, and the states that are kept beside it, may take.</param>
internal sealed class GroupPass<TNetwork>(TNetwork network, SequenceStart<TNetwork> start, Loss loss, long tapeFloats)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly GroupTraining<TNetwork> _together = new(network, start, loss, tapeFloats);
    private readonly float[] _state = new float[TNetwork.StateSize];
    private float[] _outputs = [];
    private float[] _outputGradients = [];

    // States that segments begin with, and behind them the tape.
    private float[] _tape = [];

    /// <summary>
    /// Whether each sequence runs alone, since there has been one whose tape does not fit. It has a part in the order of roundings, so a run that is resumed goes on with it.
    /// </summary>
    public bool IsSegmented { get; set; }

    private static int TapeOfStep { get; } = Math.Max(1, TNetwork.TapeSize(1));

    /// <summary>Makes the buffers large enough. Sequences run together, unless the tape of one does not fit: then each runs alone, in segments.</summary>
    /// <param name="sequences">Sequences of a group.</param>
    /// <param name="steps">Time steps of the longest.</param>
    /// <param name="withTape">Whether gradients will be asked for.</param>
    /// <exception cref="ArgumentException">Their tape does not fit.</exception>
    public void Prepare(int sequences, int steps, bool withTape)
    {
        int outputs = checked(steps * TNetwork.OutputSize);
        IsSegmented |= withTape && (long)TapeOfStep * steps > tapeFloats;
        if (withTape && IsSegmented)
        {
            Grow(ref _tape, TapeFor(steps));
        }
        else if (withTape)
        {
            _together.Prepare(sequences, steps);
            return;
        }

        Grow(ref _outputs, outputs);
        Grow(ref _outputGradients, outputs);
    }

    /// <summary>Runs sequences forward and backward.</summary>
    /// <param name="sequences">The sequences, which have been checked.</param>
    /// <param name="seeds">A seed for each, of what is left to chance.</param>
    /// <param name="losses">Receives the loss of each.</param>
    /// <param name="parameterGradients">The sum of the gradients of their losses is added to them.</param>
    /// <param name="states">[any, StateSize]: receives the state behind each sequence; empty where nobody wants it.</param>
    /// <param name="slots">Which row of them each sequence has.</param>
    /// <exception cref="RefusedSequenceException">The network refuses inputs.</exception>
    public void Train(
        ReadOnlySpan<TrainingSequence> sequences,
        ReadOnlySpan<ulong> seeds,
        Span<double> losses,
        Span<float> parameterGradients,
        Span<float> states,
        ReadOnlySpan<int> slots)
    {
        if (!IsSegmented)
        {
            _together.Train(sequences, seeds, losses, parameterGradients, states, slots);
            return;
        }

        for (int i = 0; i < sequences.Length; i++)
        {
            Span<float> final = states.IsEmpty ? [] : states.Slice(slots[i] * TNetwork.StateSize, TNetwork.StateSize);
            losses[i] = Train(i, sequences[i], seeds[i], parameterGradients, final);
        }
    }

    /// <summary>Scores sequences as inference gives them.</summary>
    /// <param name="sequences">The sequences, which have been checked.</param>
    /// <param name="losses">Receives the loss of each.</param>
    /// <exception cref="RefusedSequenceException">The network refuses inputs.</exception>
    public void Evaluate(ReadOnlySpan<TrainingSequence> sequences, Span<double> losses)
    {
        for (int i = 0; i < sequences.Length; i++)
        {
            ReadOnlySpan<float> inputs = sequences[i].Inputs.Span;
            int steps = inputs.Length / TNetwork.InputSize;
            Span<float> y = _outputs.AsSpan(0, steps * TNetwork.OutputSize);
            start.Write(sequences[i], _state);
            try
            {
                network.Run(inputs, _state, y);
            }
            catch (ArgumentException e)
            {
                throw new RefusedSequenceException(i, e);
            }

            losses[i] = loss.ComputeChecked(y, steps, sequences[i], _outputGradients.AsSpan(0, y.Length));
        }
    }

    private static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[length];
        }
    }

    private static ulong SeedOf(ulong seed, int segment) => segment == 0 ? seed : new SplitMix64(seed ^ ((ulong)segment << 32)).Next();

    private double Train(int index, in TrainingSequence sequence, ulong seed, Span<float> parameterGradients, Span<float> final)
    {
        int steps = sequence.Inputs.Length / TNetwork.InputSize;
        int segmentSteps = TapePlan.SegmentSteps(steps, TapeOfStep, TNetwork.StateSize, tapeFloats);
        int segments = ((steps - 1) / segmentSteps) + 1;
        Span<float> y = _outputs.AsSpan(0, steps * TNetwork.OutputSize);
        Span<float> dy = _outputGradients.AsSpan(0, y.Length);
        Span<float> starts = segments == 1 ? [] : _tape.AsSpan(0, segments * TNetwork.StateSize);
        Span<float> tape = _tape.AsSpan(starts.Length);

        start.Write(sequence, seed, _state);
        for (int segment = 0; segment < segments; segment++)
        {
            if (segments > 1)
            {
                _state.CopyTo(StateOf(starts, segment));
            }

            Forward(index, sequence, Segment(segment), SeedOf(seed, segment), y, tape);
        }

        if (!final.IsEmpty)
        {
            _state.CopyTo(final);
        }

        double result = loss.ComputeChecked(y, steps, sequence, dy);
        Span<float> stateGradients = starts.IsEmpty ? _state : StateOf(starts, segments - 1);

        // Nothing is scored behind the last step: the gradient by the final state is 0.
        stateGradients.Clear();
        for (int segment = segments - 1; segment >= 0; segment--)
        {
            (int first, int count) = Segment(segment);
            if (segment < segments - 1)
            {
                // The tape of the last is still there. The others are run again, to the same bits, from the state that they began with, whose place then takes the gradient.
                Span<float> begun = StateOf(starts, segment);
                begun.CopyTo(_state);
                stateGradients.CopyTo(begun);
                stateGradients = begun;
                Forward(index, sequence, (first, count), SeedOf(seed, segment), y, tape);
            }

            network.Backward(
                dy.Slice(first * TNetwork.OutputSize, count * TNetwork.OutputSize),
                stateGradients,
                tape[..TNetwork.TapeSize(count)],
                parameterGradients,
                inputGradients: []);
        }

        if (sequence.InitialState.IsEmpty)
        {
            network.BackwardStart(stateGradients, parameterGradients);
        }

        return result;

        // The first segment has what the others leave: backward passes count from the end.
        (int First, int Count) Segment(int segment)
        {
            int rest = steps - ((segments - 1) * segmentSteps);
            return segment == 0 ? (0, rest) : (rest + ((segment - 1) * segmentSteps), segmentSteps);
        }
    }

    private static Span<float> StateOf(Span<float> states, int index) => states.Slice(index * TNetwork.StateSize, TNetwork.StateSize);

    private void Forward(int index, in TrainingSequence sequence, (int First, int Count) part, ulong seed, Span<float> y, Span<float> tape)
    {
        try
        {
            network.Forward(
                sequence.Inputs.Span.Slice(part.First * TNetwork.InputSize, part.Count * TNetwork.InputSize),
                _state,
                y.Slice(part.First * TNetwork.OutputSize, part.Count * TNetwork.OutputSize),
                tape[..TNetwork.TapeSize(part.Count)],
                seed);
        }
        catch (ArgumentException e)
        {
            throw new RefusedSequenceException(index, e);
        }
    }

    /// <summary>Floats of the tape for sequences of up to so many time steps, and of the states beside it.</summary>
    private int TapeFor(int steps)
    {
        long whole = (long)TapeOfStep * steps;
        if (whole <= tapeFloats)
        {
            return (int)whole;
        }

        if (network is not IStreamingNetwork)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A sequence of {steps} time steps has a tape of {sizeof(float) * whole} bytes; {sizeof(float) * tapeFloats} are allowed, and a network with a layer that runs in reverse, or an encoder with its decoder, cannot be run in parts."));
        }

        if (TapePlan.SegmentSteps(steps, TapeOfStep, TNetwork.StateSize, tapeFloats) == 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{nameof(TrainingOptions.TapeBytes)} is {sizeof(float) * tapeFloats}; for a sequence of {steps} time steps {sizeof(float) * TapePlan.Enough(steps, TapeOfStep, TNetwork.StateSize)} are enough."));
        }

        return (int)tapeFloats;
    }
}
