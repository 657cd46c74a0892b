using System;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Bench.Suites;

/// <summary>Time of one step of a sequence, forward with a tape and backward.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Lstm1x32))]
[GenericTypeArguments(typeof(Lstm32x32))]
[GenericTypeArguments(typeof(Lstm128x128))]
[GenericTypeArguments(typeof(Gru1x32))]
[GenericTypeArguments(typeof(Gru32x32))]
[GenericTypeArguments(typeof(Gru128x128))]
public class Training<TNetwork> : NetworkBenchmarks<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    private readonly float[] _tape = new float[TNetwork.TapeSize(Count)];
    private readonly float[] _outputGradients = Numbers(Count * TNetwork.OutputSize);
    private readonly float[] _stateGradients = new float[TNetwork.StateSize];
    private readonly float[] _parameterGradients = new float[TNetwork.ParameterCount];

    [Benchmark(OperationsPerInvoke = Count)]
    public void Forward() => Network.Forward(Inputs, States[..TNetwork.StateSize], Outputs, _tape);

    [Benchmark(OperationsPerInvoke = Count)]
    public void ForwardAndBackward()
    {
        Forward();
        _stateGradients.AsSpan().Clear();
        _parameterGradients.AsSpan().Clear();
        Network.Backward(_outputGradients, _stateGradients, _tape, _parameterGradients, []);
    }
}
