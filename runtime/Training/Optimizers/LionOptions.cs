using System;

namespace Recurrent.Training;

/// <summary>The optimiser of Chen et al., Symbolic Discovery of Optimization Algorithms, 2023: every parameter moves by the learning rate, or stays.</summary>
/// <remarks>
/// Step with gradient g: d = sign(β₁ m + (1 - β₁) g); m = β₂ m + (1 - β₂) g; parameter -= learningRate * (d + weightDecay * parameter). The paper takes a
/// learning rate of a third to a tenth of AdamW's, and a weight decay that is larger by as much. A mixture of gradients below 3e-39 gives less than a sign.
/// </remarks>
public sealed record LionOptions : OptimizerOptions
{
    /// <summary>β₁, how much of the mixture whose sign is taken is the mean; in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Beta1
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.9;

    /// <summary>β₂, the decay of the gradients' mean; in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Beta2
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.99;

    /// <inheritdoc/>
    public override Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate) => new Lion(this, parameters, learningRate);
}
