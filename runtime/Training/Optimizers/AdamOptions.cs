using System;

namespace Recurrent.Training;

/// <summary>The optimiser of Kingma and Ba, 2015, as PyTorch's <c>optim.Adam</c> computes it.</summary>
/// <remarks>
/// Step k with gradient g: g += weightDecay * parameter; m = β₁ m + (1 - β₁) g; v = β₂ v + (1 - β₂) g²;
/// parameter -= learningRate / (1 - β₁ᵏ) * m / (√v / √(1 - β₂ᵏ) + ε).
/// </remarks>
public record AdamOptions : OptimizerOptions
{
    /// <summary>β₁, the decay of the gradients' mean; in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Beta1
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.9;

    /// <summary>β₂, the decay of the mean of the gradients' squares; in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Beta2
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.999;

    /// <summary>ε, added to the denominator; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Epsilon
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1e-8;

    /// <summary>Whether the denominator has the largest v so far (Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, 2018).</summary>
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    public override Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate) => new Adam(this, isDecoupled: false, parameters, learningRate);
}
