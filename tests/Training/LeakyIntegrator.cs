using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Training;

/// <summary>
/// A network small enough to differentiate by hand: h' = a h + w·x with two inputs and one float of state, then y = v h' + b with three outputs.
/// Its parameters are a, w0, w1, v0, v1, v2, b0, b1, b2.
/// </summary>
internal sealed class LeakyIntegrator : ITrainableNetwork<LeakyIntegrator>, IStreamingNetwork
{
    private const int TapePerStep = 4;

    private static readonly TensorInfo[] Tensors =
    [
        new("a", new(1), 0, default(Initialization)),
        new("w", new(1, 2), 1, default(Initialization)),
        new("v", new(3, 1), 3, default(Initialization)),
        new("b", new(3), 6, default(Initialization)),
    ];

    private readonly float[] parameters = new float[9];

    public static int InputSize => 2;

    public static int OutputSize => 3;

    public static int StateSize => 1;

    public static int ParameterCount => 9;

    public static ReadOnlySpan<TensorInfo> Parameters => Tensors;

    public InstructionSet InstructionSet => InstructionSet.Scalar;

    public int DegreeOfParallelism { get; set; } = 1;

    /// <summary>How many time steps each call of Forward was given, where somebody wants to know.</summary>
    public List<int>? StepsOfForwards { get; set; }

    /// <summary>An input that Run and Forward refuse, as an embedding refuses what is no index.</summary>
    public float? Refused { get; set; }

    public static LeakyIntegrator Create(ReadOnlySpan<float> parameters)
    {
        LeakyIntegrator network = new();
        network.SetParameters(parameters);
        return network;
    }

    public static LeakyIntegrator Create(ReadOnlySpan<float> parameters, InstructionSet instructionSet) => Create(parameters);

    public static LeakyIntegrator Create(int seed)
    {
        Random random = new(seed);
        float[] parameters = new float[9];
        foreach (ref float parameter in parameters.AsSpan())
        {
            parameter = random.NextSingle() - 0.5f;
        }

        return Create(parameters);
    }

    public static LeakyIntegrator Load(string path) => throw new NotSupportedException();

    public static LeakyIntegrator Load(ReadOnlySpan<byte> safetensors) => throw new NotSupportedException();

    public static int TapeSize(int steps) => TapePerStep * steps;

    public void Save(string path) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public void CopyParametersTo(Span<float> parameters) => this.parameters.CopyTo(parameters);

    public void SetParameters(ReadOnlySpan<float> parameters) => parameters.CopyTo(this.parameters);

    public void Run(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)
    {
        Check(inputs);
        for (int t = 0; t < inputs.Length / 2; t++)
        {
            Step(inputs.Slice(2 * t, 2), state, outputs.Slice(3 * t, 3));
        }
    }

    public void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape)
    {
        Check(inputs);
        StepsOfForwards?.Add(inputs.Length / 2);
        for (int t = 0; t < inputs.Length / 2; t++)
        {
            Span<float> kept = tape.Slice(TapePerStep * t, TapePerStep);
            (kept[0], kept[1], kept[2]) = (state[0], inputs[2 * t], inputs[2 * t + 1]);
            Step(inputs.Slice(2 * t, 2), state, outputs.Slice(3 * t, 3));
            kept[3] = state[0];
        }
    }

    public void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape, ulong seed) => Forward(inputs, state, outputs, tape);

    public void Backward(
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients)
    {
        for (int t = outputGradients.Length / 3 - 1; t >= 0; t--)
        {
            ReadOnlySpan<float> kept = tape.Slice(TapePerStep * t, TapePerStep);
            float dh = stateGradients[0];
            for (int k = 0; k < 3; k++)
            {
                float dy = outputGradients[3 * t + k];
                parameterGradients[3 + k] += dy * kept[3];
                parameterGradients[6 + k] += dy;
                dh += dy * parameters[3 + k];
            }

            parameterGradients[0] += dh * kept[0];
            parameterGradients[1] += dh * kept[1];
            parameterGradients[2] += dh * kept[2];
            if (!inputGradients.IsEmpty)
            {
                (inputGradients[2 * t], inputGradients[2 * t + 1]) = (dh * parameters[1], dh * parameters[2]);
            }

            stateGradients[0] = dh * parameters[0];
        }
    }

    public void ForwardMany(
        ReadOnlySpan<int> lengths, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs, Span<float> tape, ReadOnlySpan<ulong> seeds)
    {
        for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])
        {
            Forward(inputs.Slice(2 * row, 2 * lengths[i]), states.Slice(i, 1), outputs.Slice(3 * row, 3 * lengths[i]), tape.Slice(TapePerStep * row, TapePerStep * lengths[i]));
        }
    }

    public void BackwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients)
    {
        for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])
        {
            Backward(
                outputGradients.Slice(3 * row, 3 * lengths[i]), stateGradients.Slice(i, 1), tape.Slice(TapePerStep * row, TapePerStep * lengths[i]), parameterGradients, []);
        }
    }

    public void StartState(Span<float> state) => state.Clear();

    public void BackwardStart(ReadOnlySpan<float> stateGradients, Span<float> parameterGradients)
    {
    }

    private void Check(ReadOnlySpan<float> inputs)
    {
        if (Refused is { } refused && inputs.Contains(refused))
        {
            throw new ArgumentException($"{refused} is refused.", nameof(inputs));
        }
    }

    private void Step(ReadOnlySpan<float> input, Span<float> state, Span<float> output)
    {
        state[0] = parameters[0] * state[0] + parameters[1] * input[0] + parameters[2] * input[1];
        for (int k = 0; k < 3; k++)
        {
            output[k] = parameters[3 + k] * state[0] + parameters[6 + k];
        }
    }
}
