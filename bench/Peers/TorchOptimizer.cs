using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using TorchSharp;
using TorchSharp.Modules;
using OptimizerOptions = Recurrent.Training.OptimizerOptions;

namespace Recurrent.Bench.Peers;

/// <summary>libtorch's optimiser with the settings of ours, on tensors of its own.</summary>
public sealed class TorchOptimizer : IDisposable
{
    private readonly TensorInfo[] _tensors;
    private readonly Parameter[] _parameters;
    private readonly torch.optim.Optimizer _optimizer;

    /// <param name="options">The settings; without groups.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="values">What they hold at the start.</param>
    public TorchOptimizer(OptimizerOptions options, double learningRate, TensorInfo[] tensors, ReadOnlySpan<float> values)
    {
        _tensors = tensors;
        _parameters = new Parameter[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            _parameters[i] = new Parameter(Tensor(tensors[i], values));
        }

        Parameter[] decaying = [.. _parameters.Where((_, i) => options.DecayBiases || tensors[i].Shape.Rank > 1)];
        Parameter[] others = [.. _parameters.Except(decaying)];
        _optimizer = options switch
        {
            SgdOptions sgd => torch.optim.SGD(
                Groups<SGD.ParamGroup, SGD.Options>(decay => new() { LearningRate = learningRate, momentum = sgd.Momentum, dampening = sgd.Dampening, nesterov = sgd.Nesterov, weight_decay = decay }),
                learningRate),
            RmsPropOptions rmsProp => torch.optim.RMSProp(
                Groups<RMSProp.ParamGroup, RMSProp.Options>(decay => new()
                {
                    LearningRate = learningRate, alpha = rmsProp.Alpha, eps = rmsProp.Epsilon, momentum = rmsProp.Momentum, centered = rmsProp.Centered, weight_decay = decay,
                }),
                learningRate),
            AdamWOptions adam => torch.optim.AdamW(
                Groups<AdamW.ParamGroup, AdamW.Options>(decay => new()
                {
                    LearningRate = learningRate, beta1 = adam.Beta1, beta2 = adam.Beta2, eps = adam.Epsilon, amsgrad = adam.AmsGrad, weight_decay = decay,
                }),
                learningRate),
            AdamOptions adam => torch.optim.Adam(
                Groups<Adam.ParamGroup, Adam.Options>(decay => new()
                {
                    LearningRate = learningRate, beta1 = adam.Beta1, beta2 = adam.Beta2, eps = adam.Epsilon, amsgrad = adam.AmsGrad, weight_decay = decay,
                }),
                learningRate),
            _ => throw new ArgumentException($"libtorch has no {options.GetType().Name}.", nameof(options)),
        };

        IEnumerable<TGroup> Groups<TGroup, TOptions>(Func<double, TOptions> make)
            where TOptions : TorchSharp.Modules.OptimizerOptions
            where TGroup : ParamGroup<TOptions>, new() => new[] { (Parameters: decaying, Decay: options.WeightDecay), (Parameters: others, Decay: 0.0) }
                .Where(group => group.Parameters.Length > 0)
                .Select(group => new TGroup { Parameters = group.Parameters, Options = make(group.Decay) });
    }

    /// <summary>Gives the tensors their gradients, which stay until others are given.</summary>
    public void SetGradients(ReadOnlySpan<float> gradients)
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            _parameters[i].grad = Tensor(_tensors[i], gradients);
        }
    }

    public void Step()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _optimizer.step();
    }

    public void CopyTo(Span<float> values)
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            using torch.Tensor detached = _parameters[i].detach();
            detached.data<float>().ToArray().CopyTo(values[_tensors[i].Offset..]);
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (Parameter parameter in _parameters)
        {
            parameter.Dispose();
        }
    }

    private static torch.Tensor Tensor(TensorInfo tensor, ReadOnlySpan<float> values) => torch.tensor(
        values.Slice(tensor.Offset, tensor.Length).ToArray(),
        tensor.Shape.Rank == 1 ? [tensor.Shape.Rows] : [tensor.Shape.Rows, tensor.Shape.Columns]);
}
