using System;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Bench.Suites;

/// <summary>Time of one step of one stream: alone, in a sequence, and beside other streams.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Lstm1x32))]
[GenericTypeArguments(typeof(Lstm32x32))]
[GenericTypeArguments(typeof(Lstm128x128))]
[GenericTypeArguments(typeof(Gru1x32))]
[GenericTypeArguments(typeof(Gru32x32))]
[GenericTypeArguments(typeof(Gru128x128))]
public class Inference<TNetwork> : NetworkBenchmarks<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    [Benchmark(Baseline = true)]
    public void Step() => Network.Step(
        Inputs.AsSpan(0, TNetwork.InputSize), States[..TNetwork.StateSize], Outputs.AsSpan(0, TNetwork.OutputSize));

    [Benchmark(OperationsPerInvoke = Count)]
    public void Run() => Network.Run(Inputs, States[..TNetwork.StateSize], Outputs);

    [Benchmark(OperationsPerInvoke = Count)]
    public void StepMany() => Network.StepMany(Count, Inputs, States, Outputs);
}
