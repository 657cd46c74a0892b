using System;

namespace Recurrent.Training;

/// <summary>
/// Lowers the learning rate along half a wave: minimum + (learningRate - minimum) (1 + cos(π time / length)) / 2, like PyTorch's <c>CosineAnnealingLR</c>, and
/// then stays at the minimum; or, with restarts, begins anew, like <c>CosineAnnealingWarmRestarts</c> (Loshchilov and Hutter, SGDR, 2017).
/// </summary>
/// <param name="Length">Steps, or epochs, of the (first) way down; at least 1.</param>
public sealed record CosineSchedule(int Length) : FormulaSchedule
{
    /// <summary>Steps, or epochs, of the (first) way down; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Length
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = Ranges.AtLeast(Length, 1);

    /// <summary>The rate at the end; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Minimum
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>How many times as long as the last way down the next one is, PyTorch's <c>T_mult</c>; at least 1, or 0 (the default) for no restarts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int RestartFactor
    {
        get;
        init => field = Ranges.AtLeast(value, 0);
    }

    /// <inheritdoc/>
    public override double Rate(double learningRate, long time)
    {
        long length = Length;
        if (RestartFactor == 0)
        {
            time = Math.Min(time, length);
        }
        else if (RestartFactor == 1)
        {
            time %= length;
        }
        else
        {
            while (time >= length)
            {
                time -= length;
                length *= RestartFactor;
            }
        }

        return Minimum + (learningRate - Minimum) * (1 + Math.Cos(Math.PI * time / length)) / 2;
    }
}
