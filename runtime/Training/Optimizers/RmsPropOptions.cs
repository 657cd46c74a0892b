using System;

namespace Recurrent.Training;

/// <summary>Tieleman and Hinton's RMSProp (2012), and Graves's centred one (Generating Sequences With Recurrent Neural Networks, 2013), as PyTorch's <c>optim.RMSprop</c> computes them.</summary>
/// <remarks>
/// Step with gradient g: g += weightDecay * parameter; v = α v + (1 - α) g²; s = √v, or centred m = α m + (1 - α) g and s = √(v - m²); d = g / (s + ε), or with
/// momentum b = momentum * b + g / (s + ε) and d = b; parameter -= learningRate * d.
/// </remarks>
public sealed record RmsPropOptions : OptimizerOptions
{
    /// <summary>α, the decay of the mean of the gradients' squares; in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Alpha
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.99;

    /// <summary>ε, added to the denominator; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Epsilon
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1e-8;

    /// <summary>How much of the last step's direction goes on; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Momentum
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>Whether gradients are divided by their standard deviation in place of their root mean square. A variance that rounding makes negative is 0.</summary>
    public bool Centered { get; init; }

    /// <inheritdoc/>
    public override Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate) => new RmsProp(this, parameters, learningRate);
}
