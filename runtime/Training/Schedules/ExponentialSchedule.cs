using System;

namespace Recurrent.Training;

/// <summary>Multiplies the learning rate by a factor every time: learningRate * factor^time, like PyTorch's <c>ExponentialLR</c>.</summary>
/// <param name="Factor">The factor; finite, at least 0.</param>
public sealed record ExponentialSchedule(double Factor) : FormulaSchedule
{
    /// <summary>The factor; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Factor
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = Ranges.FiniteAtLeastZero(Factor);

    /// <inheritdoc/>
    public override double Rate(double learningRate, long time) => learningRate * Math.Pow(Factor, time);
}
