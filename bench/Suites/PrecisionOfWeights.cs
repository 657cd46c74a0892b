using System;
using BenchmarkDotNet.Attributes;
using Recurrent.Bench.Precisions;

namespace Recurrent.Bench.Suites;

/// <summary>Time of one step of one stream by a network that keeps its weights in fewer bytes.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Lstm128x128))]
[GenericTypeArguments(typeof(Lstm128BFloat16))]
[GenericTypeArguments(typeof(Lstm128Float16))]
[GenericTypeArguments(typeof(Lstm128Int8))]
[GenericTypeArguments(typeof(Lstm256x256))]
[GenericTypeArguments(typeof(Lstm256BFloat16))]
[GenericTypeArguments(typeof(Lstm256Float16))]
[GenericTypeArguments(typeof(Lstm256Int8))]
public class PrecisionOfWeights<TNetwork> : NetworkBenchmarks<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    [Benchmark]
    public void Step() => Network.Step(
        Inputs.AsSpan(0, TNetwork.InputSize), States[..TNetwork.StateSize], Outputs.AsSpan(0, TNetwork.OutputSize));
}
