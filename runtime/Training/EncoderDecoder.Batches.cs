using System;

namespace Recurrent.Training;

/// <content>Batches: one pair of sequences after another.</content>
public sealed partial class EncoderDecoder<TEncoder, TDecoder>
{
    /// <inheritdoc/>
    /// <remarks>Where a network of the pair refuses its inputs, the sequences in front of these have been run.</remarks>
    public void ForwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> inputs,
        Span<float> states,
        Span<float> outputs,
        Span<float> tape,
        ReadOnlySpan<ulong> seeds)
    {
        int steps = Boundary.Lengths(lengths, int.MaxValue / TapeSize(1), nameof(lengths));
        Boundary.Rows(inputs.Length, steps, InputSize, nameof(inputs), nameof(InputSize));
        Boundary.Rows(states.Length, lengths.Length, StateSize, nameof(states), nameof(StateSize));
        Boundary.Rows(outputs.Length, steps, OutputSize, nameof(outputs), nameof(OutputSize));
        Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));
        Boundary.Seeds(seeds.Length, lengths.Length, nameof(seeds));
        for (int i = 0, step = 0; i < lengths.Length; step += lengths[i++])
        {
            ReadOnlySpan<float> x = inputs.Slice(step * InputSize, lengths[i] * InputSize);
            Span<float> state = states.Slice(i * StateSize, StateSize);
            Span<float> y = outputs.Slice(step * OutputSize, lengths[i] * OutputSize);
            Span<float> kept = tape.Slice(TapeSize(step), TapeSize(lengths[i]));
            if (seeds.IsEmpty)
            {
                Forward(x, state, y, kept);
            }
            else
            {
                Forward(x, state, y, kept, seeds[i]);
            }
        }
    }

    /// <inheritdoc/>
    public void BackwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients)
    {
        int steps = Boundary.Lengths(lengths, int.MaxValue / TapeSize(1), nameof(lengths));
        Boundary.Rows(outputGradients.Length, steps, OutputSize, nameof(outputGradients), nameof(OutputSize));
        Boundary.Rows(stateGradients.Length, lengths.Length, StateSize, nameof(stateGradients), nameof(StateSize));
        Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));
        Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));
        if (!inputGradients.IsEmpty)
        {
            Boundary.Rows(inputGradients.Length, steps, InputSize, nameof(inputGradients), nameof(InputSize));
        }

        for (int i = 0, step = 0; i < lengths.Length; step += lengths[i++])
        {
            Backward(
                outputGradients.Slice(step * OutputSize, lengths[i] * OutputSize),
                stateGradients.Slice(i * StateSize, StateSize),
                tape.Slice(TapeSize(step), TapeSize(lengths[i])),
                parameterGradients,
                inputGradients.IsEmpty ? [] : inputGradients.Slice(step * InputSize, lengths[i] * InputSize));
        }
    }
}
