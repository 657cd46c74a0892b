using System;

namespace Recurrent.Training;

/// <summary>
/// Raises the learning rate along a straight line, and then leaves it to another schedule, whose time begins there: like PyTorch's <c>LinearLR</c> in a
/// <c>SequentialLR</c> with the other.
/// </summary>
/// <param name="Length">Steps, or epochs, of the warm-up; at least 0.</param>
public sealed record WarmUpSchedule(int Length) : Schedule
{
    /// <summary>Steps, or epochs, of the warm-up; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Length
    {
        get;
        init => field = Ranges.AtLeast(value, 0);
    } = Ranges.AtLeast(Length, 0);

    /// <summary>Whether the warm-up's time is counted in epochs; in steps of the optimiser by default.</summary>
    public bool PerEpoch { get; init; }

    /// <summary>What the learning rate is multiplied by in the first step, <c>start_factor</c>; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double StartFactor
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1.0 / 3;

    /// <summary>The schedule behind the warm-up; the constant one by default.</summary>
    /// <exception cref="ArgumentException">It is a warm-up too, or there is none.</exception>
    public Schedule Then
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Then));
            field = value is not WarmUpSchedule ? value : throw new ArgumentException("Then is a warm-up; another schedule is wanted.", nameof(Then));
        }
    } = new ConstantSchedule();

    /// <inheritdoc/>
    public override ScheduleState Start(double learningRate) =>
        Length == 0 ? Then.Start(learningRate) : new ScheduleState { LearningRate = Rate(learningRate, 0) };

    /// <inheritdoc/>
    public override ScheduleState AfterStep(in ScheduleState state, double learningRate) => state.WarmUpTime >= Length
        ? Then.AfterStep(state, learningRate)
        : PerEpoch ? state : Next(state, learningRate);

    /// <inheritdoc/>
    public override ScheduleState AfterEpoch(in ScheduleState state, double learningRate, double loss) => state.WarmUpTime >= Length
        ? Then.AfterEpoch(state, learningRate, loss)
        : PerEpoch ? Next(state, learningRate) : state;

    private ScheduleState Next(in ScheduleState state, double learningRate)
    {
        long time = state.WarmUpTime + 1;
        ScheduleState next = time >= Length ? Then.Start(learningRate) : state with { LearningRate = Rate(learningRate, time) };
        return next with { WarmUpTime = time };
    }

    private double Rate(double learningRate, long time) => learningRate * (StartFactor + ((1 - StartFactor) * time / Length));
}
