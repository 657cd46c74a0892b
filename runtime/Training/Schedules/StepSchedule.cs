using System;

namespace Recurrent.Training;

/// <summary>Multiplies the learning rate by a factor again and again: learningRate * factor^⌊time / every⌋, like PyTorch's <c>StepLR</c>.</summary>
/// <param name="Every">Steps, or epochs, from one change to the next; at least 1.</param>
public sealed record StepSchedule(int Every) : FormulaSchedule
{
    /// <summary>Steps, or epochs, from one change to the next; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Every
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = Ranges.AtLeast(Every, 1);

    /// <summary>The factor; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Factor
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 0.1;

    /// <inheritdoc/>
    public override double Rate(double learningRate, long time) => learningRate * Math.Pow(Factor, time / Every);
}
