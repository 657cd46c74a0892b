namespace Recurrent.Training;

/// <summary>A schedule that is a formula of time.</summary>
public abstract record FormulaSchedule : Schedule
{
    /// <summary>Whether time is counted in epochs; in steps of the optimiser by default.</summary>
    public bool PerEpoch { get; init; }

    /// <summary>The learning rate after so many steps or epochs.</summary>
    /// <param name="learningRate">The learning rate that the schedule changes.</param>
    /// <param name="time">How many steps, or epochs, lie behind; at least 0.</param>
    /// <returns>Finite, at least 0.</returns>
    public abstract double Rate(double learningRate, long time);

    /// <inheritdoc/>
    public sealed override ScheduleState Start(double learningRate) => new() { LearningRate = Rate(learningRate, 0) };

    /// <inheritdoc/>
    public sealed override ScheduleState AfterStep(in ScheduleState state, double learningRate) => PerEpoch ? state : Next(state, learningRate);

    /// <inheritdoc/>
    public sealed override ScheduleState AfterEpoch(in ScheduleState state, double learningRate, double loss) => PerEpoch ? Next(state, learningRate) : state;

    private ScheduleState Next(in ScheduleState state, double learningRate) => state with { Time = state.Time + 1, LearningRate = Rate(learningRate, state.Time + 1) };
}
