using System;

namespace Recurrent.Training;

/// <summary>
/// How the learning rate changes while a network is trained: <see cref="ConstantSchedule"/>, <see cref="StepSchedule"/>, <see cref="MultiStepSchedule"/>,
/// <see cref="ExponentialSchedule"/>, <see cref="CosineSchedule"/>, <see cref="OneCycleSchedule"/>, <see cref="PlateauSchedule"/>, any of them behind a
/// <see cref="WarmUpSchedule"/>, or a formula of your own (<see cref="FormulaSchedule"/>). A value outside its range is refused where it is set.
/// </summary>
/// <remarks>A schedule does not change: what does is its <see cref="ScheduleState"/>, which the trainer, or who drives the passes, holds.</remarks>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The state in front of the first step.</summary>
    /// <param name="learningRate">The learning rate that the schedule changes, such as <see cref="TrainingOptions.LearningRate"/>.</param>
    /// <returns>The state, with the rate of the first step.</returns>
    public abstract ScheduleState Start(double learningRate);

    /// <summary>The state after a step of the optimiser.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="learningRate">What <see cref="Start"/> was given.</param>
    /// <returns>The state, with the rate of the next step.</returns>
    public abstract ScheduleState AfterStep(in ScheduleState state, double learningRate);

    /// <summary>The state after an epoch, behind <see cref="AfterStep"/> of its last step.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="learningRate">What <see cref="Start"/> was given.</param>
    /// <param name="loss">The epoch's loss: of sequences that are not trained on, where there are any.</param>
    /// <returns>The state, with the rate of the next step.</returns>
    public abstract ScheduleState AfterEpoch(in ScheduleState state, double learningRate, double loss);
}
