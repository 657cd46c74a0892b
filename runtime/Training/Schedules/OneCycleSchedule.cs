using System;

namespace Recurrent.Training;

/// <summary>
/// From a low learning rate up to the given one and down to a much lower one (Smith and Topin, Super-Convergence, 2018), like PyTorch's <c>OneCycleLR</c>
/// with <c>cycle_momentum=False</c>. The learning rate that it is given is the peak, <c>max_lr</c>.
/// </summary>
/// <param name="Length">Steps, or epochs, of the whole, PyTorch's <c>total_steps</c>; at least 2. Behind it the rate stays at its lowest.</param>
public sealed record OneCycleSchedule(int Length) : FormulaSchedule
{
    /// <summary>Steps, or epochs, of the whole; at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Length
    {
        get;
        init => field = Ranges.AtLeast(value, 2);
    } = Ranges.AtLeast(Length, 2);

    /// <summary>The part of the whole that the way up takes, <c>pct_start</c>; at least 0 and below 1; with <see cref="ThreePhases"/>, at most a half.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Rise
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.3;

    /// <summary>The peak divided by the rate at the start, <c>div_factor</c>; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double StartDivisor
    {
        get;
        init => field = Ranges.AboveZero(value);
    } = 25;

    /// <summary>The rate at the start divided by that at the end, <c>final_div_factor</c>; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double EndDivisor
    {
        get;
        init => field = Ranges.AboveZero(value);
    } = 1e4;

    /// <summary>Whether the ways are straight lines, <c>anneal_strategy="linear"</c>; halves of waves by default.</summary>
    public bool Linear { get; init; }

    /// <summary>Whether the way down takes as long as the way up and goes to the rate of the start, and a third one goes from there to the end.</summary>
    public bool ThreePhases { get; init; }

    /// <inheritdoc/>
    public override double Rate(double learningRate, long time)
    {
        double start = learningRate / StartDivisor;
        double end = start / EndDivisor;
        double last = Length - 1;
        double top = (Rise * Length) - 1;
        double back = (2 * Rise * Length) - 2;
        return (ThreePhases, time) switch
        {
            (_, _) when time <= top => Between(start, learningRate, 0, top, time),
            (false, _) => Between(learningRate, end, top, last, time),
            (true, _) when time <= back => Between(learningRate, start, top, back, time),
            _ => Between(start, end, back, last, time),
        };
    }

    private double Between(double from, double to, double start, double end, long time)
    {
        double part = end > start ? Math.Min((time - start) / (end - start), 1) : 1;
        return Linear ? from + ((to - from) * part) : to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
    }
}
