using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>Stochastic gradient descent, with the momentum of Sutskever, Martens, Dahl and Hinton, 2013, as PyTorch's <c>optim.SGD</c> computes it.</summary>
/// <remarks>
/// Step k with gradient g: g += weightDecay * parameter; b = momentum * b + (1 - dampening) g, but b = g in the first step; d = b, or with
/// Nesterov's momentum d = g + momentum * b; parameter -= learningRate * d. Without momentum d = g.
/// </remarks>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>How much of the last step's direction goes on; finite, at least 0. 0 for none, which keeps nothing from step to step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Momentum
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>How much of a gradient is kept from the momentum, in all steps but the first; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Dampening
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>Whether the step looks ahead along the momentum; it takes a <see cref="Momentum"/> above 0 and no <see cref="Dampening"/>.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate) => Nesterov && (Momentum == 0 || Dampening != 0)
        ? throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"Momentum is {Momentum} and Dampening {Dampening}; with Nesterov, a momentum above 0 and no dampening are wanted."))
        : new Sgd(this, parameters, learningRate);
}
