using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>Multiplies the learning rate by a factor at each of some times, like PyTorch's <c>MultiStepLR</c>.</summary>
/// <param name="Milestones">The times, in steps or epochs; at least 0, none below the one before it.</param>
public sealed record MultiStepSchedule(IReadOnlyList<long> Milestones) : FormulaSchedule
{
    /// <summary>The times, in steps or epochs; at least 0, none below the one before it.</summary>
    /// <exception cref="ArgumentException">A time is below 0, or below the one before it.</exception>
    public IReadOnlyList<long> Milestones
    {
        get;
        init => field = Rising(value);
    } = Rising(Milestones);

    /// <summary>The factor; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Factor
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 0.1;

    /// <inheritdoc/>
    public override double Rate(double learningRate, long time)
    {
        int passed = 0;
        while (passed < Milestones.Count && Milestones[passed] <= time)
        {
            passed++;
        }

        return learningRate * Math.Pow(Factor, passed);
    }

    private static long[] Rising(IReadOnlyList<long> milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones, nameof(Milestones));
        long[] copy = [.. milestones];
        for (int i = 0; i < copy.Length; i++)
        {
            long least = i == 0 ? 0 : copy[i - 1];
            if (copy[i] < least)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Milestones[{i}] is {copy[i]}; at least {least} is wanted."), nameof(Milestones));
            }
        }

        return copy;
    }
}
