using System;

namespace Recurrent.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019), as PyTorch's <c>optim.AdamW</c> computes it: instead of
/// adding to the gradient, decay multiplies the parameters by 1 - learningRate * weightDecay before every step. By default it is 0.01.
/// </summary>
public sealed record AdamWOptions : AdamOptions
{
    /// <summary>The defaults of PyTorch.</summary>
    public AdamWOptions() => WeightDecay = 0.01;

    /// <inheritdoc/>
    public override Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate) => new Adam(this, isDecoupled: true, parameters, learningRate);
}
