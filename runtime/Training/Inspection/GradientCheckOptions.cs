using System;

namespace Recurrent.Training;

/// <summary>How a <see cref="GradientCheck"/> is done. A value outside its range is refused where it is set.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>How far a number is moved to each side, at most; above 0. Twice as far and half as far: rounding counts less, and what the formula leaves out more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Distance
    {
        get;
        init => field = Ranges.AboveZero(value);
    } = 0.05;

    /// <summary>How many elements of a tensor are tried, spread evenly over it; at least 1. Each takes four passes over the sequence.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int MostElements
    {
        get;
        init => field = Ranges.AtLeast(value, 1);
    } = 50;

    /// <summary>Whether gradients by inputs are checked too: not where inputs are indices.</summary>
    public bool Inputs { get; init; } = true;
}
