using System;
using BenchmarkDotNet.Attributes;
using Recurrent.Bench.Measuring;

namespace Recurrent.Bench.Suites;

/// <summary>A network's work with its buffers, made before the clock starts.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public abstract class NetworkBenchmarks<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    /// <summary>Time steps of a sequence, or streams of a step.</summary>
    protected const int Count = 64;

    private readonly TNetwork _network = TNetwork.Create(seed: 1);
    private readonly AlignedFloats _states = new(Count * TNetwork.StateSize);

    protected TNetwork Network => _network;

    /// <summary>[Count, InputSize]</summary>
    protected float[] Inputs { get; } = Numbers(Count * TNetwork.InputSize);

    /// <summary>[Count, StateSize]; a sequence uses the first row.</summary>
    protected Span<float> States => _states.Span;

    /// <summary>[Count, OutputSize]</summary>
    protected float[] Outputs { get; } = new float[Count * TNetwork.OutputSize];

    [GlobalCleanup]
    public void Dispose() => _network.Dispose();

    protected static float[] Numbers(int count)
    {
        Random random = new(1);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
        {
            number = (2 * random.NextSingle()) - 1;
        }

        return numbers;
    }
}
