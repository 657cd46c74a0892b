using System;
using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Bench.Suites;

/// <summary>A vector's hyperbolic tangent. To choose an instruction set: <c>--envVars DOTNET_EnableAVX512:0</c>.</summary>
/// <typeparam name="TNetwork">A network that does nothing else.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Tanh8))]
[GenericTypeArguments(typeof(Tanh64))]
[GenericTypeArguments(typeof(Tanh1024))]
public class TanhActivation<TNetwork> : NetworkBenchmarks<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    [Benchmark(Baseline = true)]
    public void Ours() => Network.Step(Inputs.AsSpan(0, TNetwork.InputSize), [], Outputs.AsSpan(0, TNetwork.OutputSize));

    [Benchmark]
    public void TensorPrimitivesTanh() => TensorPrimitives.Tanh<float>(Inputs.AsSpan(0, TNetwork.InputSize), Outputs.AsSpan(0, TNetwork.OutputSize));

    [Benchmark]
    public void MathFTanh()
    {
        for (int i = 0; i < TNetwork.InputSize; i++)
        {
            Outputs[i] = MathF.Tanh(Inputs[i]);
        }
    }
}

/// <summary>A vector's logistic function. To choose an instruction set: <c>--envVars DOTNET_EnableAVX512:0</c>.</summary>
/// <typeparam name="TNetwork">A network that does nothing else.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Sigmoid8))]
[GenericTypeArguments(typeof(Sigmoid64))]
[GenericTypeArguments(typeof(Sigmoid1024))]
public class SigmoidActivation<TNetwork> : NetworkBenchmarks<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    [Benchmark(Baseline = true)]
    public void Ours() => Network.Step(Inputs.AsSpan(0, TNetwork.InputSize), [], Outputs.AsSpan(0, TNetwork.OutputSize));

    [Benchmark]
    public void TensorPrimitivesSigmoid() => TensorPrimitives.Sigmoid<float>(Inputs.AsSpan(0, TNetwork.InputSize), Outputs.AsSpan(0, TNetwork.OutputSize));

    [Benchmark]
    public void MathFSigmoid()
    {
        for (int i = 0; i < TNetwork.InputSize; i++)
        {
            Outputs[i] = 1 / (1 + MathF.Exp(-Inputs[i]));
        }
    }
}
