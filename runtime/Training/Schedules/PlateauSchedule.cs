using System;

namespace Recurrent.Training;

/// <summary>Multiplies the learning rate by a factor where the loss has ceased to fall for some epochs, like PyTorch's <c>ReduceLROnPlateau</c>.</summary>
/// <remarks>
/// A loss is better if it is below best * (1 - threshold), or below best - threshold where the threshold is absolute. After more than
/// <see cref="Patience"/> worse epochs, of which those of a cooldown are none, the rate becomes max(rate * factor, minimum), and the cooldown begins.
/// </remarks>
public sealed record PlateauSchedule : Schedule
{
    /// <summary>The factor; at least 0 and below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Factor
    {
        get;
        init => field = Ranges.Decay(value);
    } = 0.1;

    /// <summary>Worse epochs that are borne; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Patience
    {
        get;
        init => field = Ranges.AtLeast(value, 0);
    } = 10;

    /// <summary>By how much a loss must fall to be better; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Threshold
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1e-4;

    /// <summary>Whether the threshold is a difference; a part of the best loss by default. For losses that may be negative.</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>Epochs behind a change that do not count as worse; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Cooldown
    {
        get;
        init => field = Ranges.AtLeast(value, 0);
    }

    /// <summary>The lowest rate; finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Minimum
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <inheritdoc/>
    public override ScheduleState Start(double learningRate) => new() { LearningRate = learningRate, BestLoss = double.PositiveInfinity };

    /// <inheritdoc/>
    public override ScheduleState AfterStep(in ScheduleState state, double learningRate) => state;

    /// <inheritdoc/>
    public override ScheduleState AfterEpoch(in ScheduleState state, double learningRate, double loss)
    {
        // PyTorch leaves the rate where it would change by less.
        const double LeastChange = 1e-8;

        bool isBetter = loss < (IsAbsolute ? state.BestLoss - Threshold : state.BestLoss * (1 - Threshold));
        bool isCooling = state.CooldownEpochs > 0;
        ScheduleState next = state with
        {
            Time = state.Time + 1,
            BestLoss = isBetter ? loss : state.BestLoss,
            WorseEpochs = isBetter || isCooling ? 0 : state.WorseEpochs + 1,
            CooldownEpochs = isCooling ? state.CooldownEpochs - 1 : 0,
        };
        if (next.WorseEpochs <= Patience)
        {
            return next;
        }

        double lower = Math.Max(state.LearningRate * Factor, Minimum);
        return next with
        {
            LearningRate = state.LearningRate - lower > LeastChange ? lower : state.LearningRate,
            WorseEpochs = 0,
            CooldownEpochs = Cooldown,
        };
    }
}
