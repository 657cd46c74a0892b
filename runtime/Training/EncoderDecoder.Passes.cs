using System;
using System.Buffers;
using System.Globalization;

namespace Recurrent.Training;

/// <content>The passes: the encoder's over the first rows, the decoder's over the others, from the state that is there then.</content>
public sealed partial class EncoderDecoder<TEncoder, TDecoder>
{
    /// <summary>What runs a network over its rows, gathered without what pads them.</summary>
    private delegate void Pass<TNetwork>(TNetwork network, ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape, ulong seed);

    /// <summary>Floats that <c>Forward</c> keeps for <see cref="Backward"/>: of every step whose it is, and what its network keeps.</summary>
    /// <param name="steps">Time steps of the sequence; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or more than one array can hold the tape of.</exception>
    public static int TapeSize(int steps)
    {
        Boundary.Count(steps, nameof(steps));
        long size = steps + (long)Math.Max(TEncoder.TapeSize(steps), TDecoder.TapeSize(steps));
        return size <= int.MaxValue
            ? (int)size
            : throw new ArgumentOutOfRangeException(
                nameof(steps), steps, string.Create(CultureInfo.InvariantCulture, $"The tape of {steps} steps has {size} floats; at most {int.MaxValue} are wanted."));
    }

    /// <inheritdoc/>
    public void StartState(Span<float> state) => Encoder.StartState(state);

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)
    {
        Check(inputs, state, outputs, out int steps);
        Walk(
            inputs,
            state,
            outputs,
            tape: [],
            EncoderSteps(inputs, steps),
            seed: 0,
            static (network, x, s, y, _, _) => network.Run(x, s, y),
            static (network, x, s, y, _, _) => network.Run(x, s, y));
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape) => Forward(
        inputs,
        state,
        outputs,
        tape,
        seed: 0,
        static (network, x, s, y, kept, _) => network.Forward(x, s, y, kept),
        static (network, x, s, y, kept, _) => network.Forward(x, s, y, kept));

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape, ulong seed) => Forward(
        inputs,
        state,
        outputs,
        tape,
        seed,
        static (network, x, s, y, kept, random) => network.Forward(x, s, y, kept, random),
        static (network, x, s, y, kept, random) => network.Forward(x, s, y, kept, random));

    /// <inheritdoc/>
    public void Backward(
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients)
    {
        int steps = Boundary.Steps(outputGradients.Length, OutputSize, nameof(outputGradients), nameof(OutputSize));
        Boundary.Length(stateGradients.Length, StateSize, nameof(stateGradients));
        Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));
        Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));
        if (!inputGradients.IsEmpty)
        {
            Boundary.Rows(inputGradients.Length, steps, InputSize, nameof(inputGradients), nameof(InputSize));
        }

        int encoderSteps = tape[..steps].IndexOf(1f) is >= 0 and int first ? first : steps;
        int decoderSteps = steps - encoderSteps;
        ReadOnlySpan<float> kept = tape[steps..];
        int encoderTape = TEncoder.TapeSize(encoderSteps);
        bool withInputs = !inputGradients.IsEmpty;
        int scratch = Math.Max(
            (withInputs ? decoderSteps * TDecoder.InputSize : 0), encoderSteps * (TEncoder.OutputSize + (withInputs ? TEncoder.InputSize : 0)));
        float[] rented = ArrayPool<float>.Shared.Rent(scratch);
        try
        {
            if (decoderSteps > 0)
            {
                Span<float> dx = rented.AsSpan(0, withInputs ? decoderSteps * TDecoder.InputSize : 0);
                Decoder.Backward(
                    outputGradients[(encoderSteps * OutputSize)..],
                    stateGradients,
                    kept.Slice(encoderTape, TDecoder.TapeSize(decoderSteps)),
                    parameterGradients[TEncoder.ParameterCount..],
                    dx);
                Scatter(dx, TDecoder.InputSize, withInputs ? inputGradients[(encoderSteps * InputSize)..] : []);
            }

            if (encoderSteps > 0)
            {
                Span<float> dy = rented.AsSpan(0, encoderSteps * TEncoder.OutputSize);
                Span<float> dx = rented.AsSpan(dy.Length, withInputs ? encoderSteps * TEncoder.InputSize : 0);
                dy.Clear();
                Encoder.Backward(dy, stateGradients, kept[..encoderTape], parameterGradients[..TEncoder.ParameterCount], dx);
                Scatter(dx, TEncoder.InputSize, withInputs ? inputGradients[..(encoderSteps * InputSize)] : []);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public void BackwardStart(ReadOnlySpan<float> stateGradients, Span<float> parameterGradients)
    {
        Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));
        Encoder.BackwardStart(stateGradients, parameterGradients[..TEncoder.ParameterCount]);
    }

    private static void Check(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, out int steps)
    {
        steps = Boundary.Steps(inputs.Length, InputSize, nameof(inputs), nameof(InputSize));
        Boundary.Length(state.Length, StateSize, nameof(state));
        Boundary.Rows(outputs.Length, steps, OutputSize, nameof(outputs), nameof(OutputSize));
        Boundary.NoOverlap(state, inputs, nameof(state), nameof(inputs));
        Boundary.NoOverlap(outputs, inputs, nameof(outputs), nameof(inputs));
        Boundary.NoOverlap(outputs, state, nameof(outputs), nameof(state));
    }

    /// <summary>Counts the encoder's rows, which all stand in front of the decoder's.</summary>
    private static int EncoderSteps(ReadOnlySpan<float> inputs, int steps)
    {
        int encoderSteps = 0;
        for (int step = 0; step < steps; step++)
        {
            float whose = inputs[step * InputSize];
            if (whose == 0 && encoderSteps == step)
            {
                encoderSteps++;
            }
            else if (whose != 1)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"inputs[{step * InputSize}] is {whose:R}; {(encoderSteps == step ? "0, the encoder's, or " : string.Empty)}1, the decoder's, is wanted."),
                    nameof(inputs));
            }
        }

        return encoderSteps;
    }

    private static void Scatter(ReadOnlySpan<float> gradients, int size, Span<float> rows)
    {
        rows.Clear();
        for (int step = 0; step < rows.Length / InputSize; step++)
        {
            gradients.Slice(step * size, size).CopyTo(rows[((step * InputSize) + 1)..]);
        }
    }

    private void Forward(
        ReadOnlySpan<float> inputs,
        Span<float> state,
        Span<float> outputs,
        Span<float> tape,
        ulong seed,
        Pass<TEncoder> encode,
        Pass<TDecoder> decode)
    {
        Check(inputs, state, outputs, out int steps);
        Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));
        Boundary.NoOverlap(tape, inputs, nameof(tape), nameof(inputs));
        Boundary.NoOverlap(tape, state, nameof(tape), nameof(state));
        Boundary.NoOverlap(tape, outputs, nameof(tape), nameof(outputs));
        int encoderSteps = EncoderSteps(inputs, steps);
        tape[..encoderSteps].Clear();
        tape[encoderSteps..steps].Fill(1);
        Walk(inputs, state, outputs, tape[steps..], encoderSteps, seed, encode, decode);
    }

    private void Walk(
        ReadOnlySpan<float> inputs,
        Span<float> state,
        Span<float> outputs,
        Span<float> tape,
        int encoderSteps,
        ulong seed,
        Pass<TEncoder> encode,
        Pass<TDecoder> decode)
    {
        int decoderSteps = (inputs.Length / InputSize) - encoderSteps;
        int encoderTape = tape.IsEmpty ? 0 : TEncoder.TapeSize(encoderSteps);
        int decoderTape = tape.IsEmpty ? 0 : TDecoder.TapeSize(decoderSteps);
        int scratch = StateSize + Math.Max(encoderSteps * (TEncoder.InputSize + TEncoder.OutputSize), decoderSteps * TDecoder.InputSize);
        float[] rented = ArrayPool<float>.Shared.Rent(scratch);
        try
        {
            // The caller's state is written when both networks have accepted their inputs.
            Span<float> handed = rented.AsSpan(0, StateSize);
            Span<float> rest = rented.AsSpan(StateSize);
            state.CopyTo(handed);
            if (encoderSteps > 0)
            {
                Span<float> x = Gather(inputs[..(encoderSteps * InputSize)], TEncoder.InputSize, rest);
                encode(Encoder, x, handed, rest.Slice(x.Length, encoderSteps * TEncoder.OutputSize), tape[..encoderTape], seed);
            }

            if (decoderSteps > 0)
            {
                Span<float> x = Gather(inputs[(encoderSteps * InputSize)..], TDecoder.InputSize, rest);
                decode(
                    Decoder,
                    x,
                    handed,
                    outputs[(encoderSteps * OutputSize)..],
                    tape.Slice(encoderTape, decoderTape),
                    new SplitMix64(seed).Next());
            }

            outputs[..(encoderSteps * OutputSize)].Clear();
            handed.CopyTo(state);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static Span<float> Gather(ReadOnlySpan<float> rows, int size, Span<float> scratch)
    {
        int steps = rows.Length / InputSize;
        for (int step = 0; step < steps; step++)
        {
            rows.Slice((step * InputSize) + 1, size).CopyTo(scratch[(step * size)..]);
        }

        return scratch[..(steps * size)];
    }
}
