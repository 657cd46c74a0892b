using System;
using System.Linq;
using Recurrent.Training;

namespace Recurrent.Tests.Numerics;

/// <summary>The static members of a generated network, for tests that know its class only at run time.</summary>
public abstract class NetworkClass(Type type)
{
    public Type Type { get; } = type;

    /// <summary>Whether the network runs single steps.</summary>
    public virtual bool IsStreaming => false;

    public abstract int InputSize { get; }

    public abstract int OutputSize { get; }

    public abstract int StateSize { get; }

    public abstract int ParameterCount { get; }

    public abstract ReadOnlySpan<TensorInfo> Parameters { get; }

    public static NetworkClass Of(Type type)
    {
        bool isStreaming = type.GetInterfaces().Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IStreamingNetwork<>));
        return (NetworkClass)Activator.CreateInstance((isStreaming ? typeof(StreamingNetworkClass<>) : typeof(NetworkClass<>)).MakeGenericType(type))!;
    }

    public abstract int TapeSize(int steps);

    public abstract Network Create(ReadOnlySpan<float> parameters);

    public abstract Network Create(ReadOnlySpan<float> parameters, InstructionSet instructionSet);

    public abstract Network Create(int seed);

    public abstract Network Load(string path);

    public abstract Network Load(ReadOnlySpan<byte> safetensors);

    /// <summary>Makes a network from a seed, and the trainer of it for targets that are numbers.</summary>
    public abstract NetworkTrainer Train(int seed, TrainingOptions options);

    /// <summary>Makes a network of parameters, and the trainer of it for targets that are numbers.</summary>
    public abstract NetworkTrainer Train(ReadOnlySpan<float> parameters, TrainingOptions options);
}

/// <summary>The static members of <typeparamref name="T"/>.</summary>
public class NetworkClass<T>() : NetworkClass(typeof(T))
    where T : class, ITrainableNetwork<T>
{
    public override int InputSize => T.InputSize;

    public override int OutputSize => T.OutputSize;

    public override int StateSize => T.StateSize;

    public override int ParameterCount => T.ParameterCount;

    public override ReadOnlySpan<TensorInfo> Parameters => T.Parameters;

    public override int TapeSize(int steps) => T.TapeSize(steps);

    public override Network Create(ReadOnlySpan<float> parameters) => Wrap(T.Create(parameters));

    public override Network Create(ReadOnlySpan<float> parameters, InstructionSet instructionSet) =>
        Wrap(T.Create(parameters, instructionSet));

    public override Network Create(int seed) => Wrap(T.Create(seed));

    public override Network Load(string path) => Wrap(T.Load(path));

    public override Network Load(ReadOnlySpan<byte> safetensors) => Wrap(T.Load(safetensors));

    public override NetworkTrainer Train(int seed, TrainingOptions options) => new NetworkTrainer<T>(T.Create(seed), options);

    public override NetworkTrainer Train(ReadOnlySpan<float> parameters, TrainingOptions options) => new NetworkTrainer<T>(T.Create(parameters), options);

    protected virtual Network Wrap(T network) => new Network<T>(network);
}

/// <summary>The static members of <typeparamref name="T"/>, whose networks run single steps.</summary>
public sealed class StreamingNetworkClass<T> : NetworkClass<T>
    where T : class, IStreamingNetwork<T>, ITrainableNetwork<T>
{
    public override bool IsStreaming => true;

    protected override Network Wrap(T network) => new StreamingNetwork<T>(network);
}
