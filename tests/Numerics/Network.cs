using System;

namespace Recurrent.Tests.Numerics;

/// <summary>A generated network, for tests that know its class only at run time.</summary>
public abstract class Network : IDisposable
{
    public virtual void Step(ReadOnlySpan<float> input, Span<float> state, Span<float> output) =>
        throw new NotSupportedException("The network is no IStreamingNetwork.");

    public virtual void StepMany(int streams, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs) =>
        throw new NotSupportedException("The network is no IStreamingNetwork.");

    public abstract int DegreeOfParallelism { get; set; }

    public abstract void Run(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs);

    public abstract void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape);

    public abstract void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape, ulong seed);

    public abstract void Backward(
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients);

    public abstract void ForwardMany(
        ReadOnlySpan<int> lengths, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs, Span<float> tape, ReadOnlySpan<ulong> seeds);

    public abstract void BackwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients);

    public abstract void StartState(Span<float> state);

    public abstract void BackwardStart(ReadOnlySpan<float> stateGradients, Span<float> parameterGradients);

    public abstract void SetParameters(ReadOnlySpan<float> parameters);

    public abstract void CopyParametersTo(Span<float> parameters);

    public abstract void Save(string path);

    public abstract void Dispose();
}

/// <summary>A network of the class <typeparamref name="T"/>.</summary>
public class Network<T>(T value) : Network
    where T : class, ITrainableNetwork<T>
{
    public override int DegreeOfParallelism
    {
        get => Value.DegreeOfParallelism;
        set => Value.DegreeOfParallelism = value;
    }

    protected T Value => value;

    public override void Run(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs) => value.Run(inputs, state, outputs);

    public override void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape) =>
        value.Forward(inputs, state, outputs, tape);

    public override void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape, ulong seed) =>
        value.Forward(inputs, state, outputs, tape, seed);

    public override void Backward(
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients) =>
        value.Backward(outputGradients, stateGradients, tape, parameterGradients, inputGradients);

    public override void ForwardMany(
        ReadOnlySpan<int> lengths, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs, Span<float> tape, ReadOnlySpan<ulong> seeds) =>
        value.ForwardMany(lengths, inputs, states, outputs, tape, seeds);

    public override void BackwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients) =>
        value.BackwardMany(lengths, outputGradients, stateGradients, tape, parameterGradients, inputGradients);

    public override void StartState(Span<float> state) => value.StartState(state);

    public override void BackwardStart(ReadOnlySpan<float> stateGradients, Span<float> parameterGradients) => value.BackwardStart(stateGradients, parameterGradients);

    public override void SetParameters(ReadOnlySpan<float> parameters) => value.SetParameters(parameters);

    public override void CopyParametersTo(Span<float> parameters) => value.CopyParametersTo(parameters);

    public override void Save(string path) => value.Save(path);

    public override void Dispose() => value.Dispose();
}

/// <summary>A network of the class <typeparamref name="T"/>, which runs single steps.</summary>
public sealed class StreamingNetwork<T>(T value) : Network<T>(value)
    where T : class, IStreamingNetwork<T>, ITrainableNetwork<T>
{
    public override void Step(ReadOnlySpan<float> input, Span<float> state, Span<float> output) => Value.Step(input, state, output);

    public override void StepMany(int streams, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs) =>
        Value.StepMany(streams, inputs, states, outputs);
}
