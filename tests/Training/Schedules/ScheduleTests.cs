using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Schedules;

public class ScheduleTests
{
    public static TheoryData<Schedule> All => new()
    {
        new ConstantSchedule(),
        new StepSchedule(3) { PerEpoch = true },
        new MultiStepSchedule([2, 5]),
        new ExponentialSchedule(0.5),
        new CosineSchedule(4) { RestartFactor = 2 },
        new OneCycleSchedule(20),
        new WarmUpSchedule(3) { Then = new PlateauSchedule { Patience = 0 } },
        new WarmUpSchedule(3) { PerEpoch = true, Then = new CosineSchedule(9) },
        new PlateauSchedule { Patience = 1, Cooldown = 1 },
        new InverseRoot(),
    };

    public static TheoryData<Action, string> OutsideTheirRanges => new()
    {
        { () => _ = new StepSchedule(0), "Every is 0; at least 1 is wanted." },
        { () => _ = new StepSchedule(1) { Factor = -1 }, "Factor is -1; a finite number of at least 0 is wanted." },
        { () => _ = new MultiStepSchedule([4, 3]), "Milestones[1] is 3; at least 4 is wanted." },
        { () => _ = new MultiStepSchedule([-1]), "Milestones[0] is -1; at least 0 is wanted." },
        { () => _ = new ExponentialSchedule(double.NaN), "Factor is NaN; a finite number of at least 0 is wanted." },
        { () => _ = new CosineSchedule(0), "Length is 0; at least 1 is wanted." },
        { () => _ = new CosineSchedule(1) { RestartFactor = -1 }, "RestartFactor is -1; at least 0 is wanted." },
        { () => _ = new CosineSchedule(1) { Minimum = -1 }, "Minimum is -1; a finite number of at least 0 is wanted." },
        { () => _ = new OneCycleSchedule(1), "Length is 1; at least 2 is wanted." },
        { () => _ = new OneCycleSchedule(9) { Rise = 1 }, "Rise is 1; at least 0 and below 1 is wanted." },
        { () => _ = new OneCycleSchedule(9) { StartDivisor = 0 }, "StartDivisor is 0; a number above 0 is wanted." },
        { () => _ = new WarmUpSchedule(-1), "Length is -1; at least 0 is wanted." },
        { () => _ = new WarmUpSchedule(1) { Then = new WarmUpSchedule(1) }, "Then is a warm-up; another schedule is wanted." },
        { () => _ = new PlateauSchedule { Factor = 1 }, "Factor is 1; at least 0 and below 1 is wanted." },
        { () => _ = new PlateauSchedule { Patience = -1 }, "Patience is -1; at least 0 is wanted." },
    };

    [Theory]
    [MemberData(nameof(OutsideTheirRanges))]
    public void A_setting_outside_its_range_is_refused_where_it_is_set(Action set, string message)
    {
        Should.Throw<ArgumentException>(set).Message.ShouldStartWith(message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_state_that_was_saved_goes_on_with_the_same_rates(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleState state = schedule.Start(0.4);
        byte[] bytes = new byte[ScheduleState.Size];
        for (int step = 0; step < 30; step++)
        {
            state.Save(bytes);
            ScheduleState loaded = ScheduleState.Load(bytes);
            loaded.ShouldBe(state);
            state = schedule.AfterStep(loaded, 0.4);
            if (step % 2 == 1)
            {
                state = schedule.AfterEpoch(state, 0.4, Math.Cos(step));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_schedule_allocates_nothing_while_it_moves_on(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleState state = Advance(schedule);
        long before = GC.GetAllocatedBytesForCurrentThread();

        state = Advance(schedule);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        state.LearningRate.ShouldBeInRange(0, 0.4);
    }

    [Fact]
    public void Restarts_begin_anew_after_ways_that_get_longer()
    {
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=3): at the times 0, 2 and 8 a way begins, of 2, 6 and 18.
        CosineSchedule schedule = new(2) { RestartFactor = 3, Minimum = 0.1 };

        Rates(schedule, [0, 1, 2, 5, 8, 17, 25, 26]).ShouldBe([1, 0.55, 1, 0.55, 1, 0.55, 0.1 + (0.45 * (1 + Math.Cos(Math.PI * 17 / 18))), 1], 1e-12);
        Rates(schedule with { RestartFactor = 1 }, [0, 1, 2, 3, 100, 101]).ShouldBe([1, 0.55, 1, 0.55, 1, 0.55], 1e-12);
    }

    [Fact]
    public void Behind_its_end_a_schedule_stays_where_it_is()
    {
        Rates(new CosineSchedule(10) { Minimum = 0.2 }, [10, 11, 1000]).ShouldBe([0.2, 0.2, 0.2], 1e-12);
        Rates(new OneCycleSchedule(10), [9, 10, 1000]).ShouldBe([4e-6, 4e-6, 4e-6], 1e-12);
    }

    [Fact]
    public void Time_can_be_counted_in_epochs()
    {
        StepSchedule schedule = new(1) { PerEpoch = true };
        ScheduleState state = schedule.Start(1);

        state = schedule.AfterStep(state, 1);
        state.LearningRate.ShouldBe(1);
        state = schedule.AfterEpoch(state, 1, loss: 0);

        state.LearningRate.ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void A_warm_up_of_steps_hands_over_to_a_schedule_of_epochs_in_the_middle_of_one()
    {
        WarmUpSchedule schedule = new(3) { StartFactor = 0, Then = new StepSchedule(1) { PerEpoch = true } };
        ScheduleState state = schedule.Start(1);
        double[] rates = new double[8];
        for (int step = 0; step < 8; step++)
        {
            rates[step] = state.LearningRate;
            state = schedule.AfterStep(state, 1);
            if (step % 2 == 1)
            {
                state = schedule.AfterEpoch(state, 1, loss: 0);
            }
        }

        rates.ShouldBe([0, 1.0 / 3, 2.0 / 3, 1, 0.1, 0.1, 0.01, 0.01], 1e-12);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_a_worse_one()
    {
        PlateauSchedule schedule = new() { Patience = 0 };

        schedule.AfterEpoch(schedule.Start(1), 1, double.NaN).LearningRate.ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void Bytes_that_are_no_state_are_refused()
    {
        byte[] bytes = new byte[ScheduleState.Size];
        new ScheduleState { LearningRate = -1 }.Save(bytes);

        Should.Throw<ArgumentException>(() => ScheduleState.Load(bytes)).Message.ShouldContain("a learning rate and numbers of at least 0 are wanted.");
        Should.Throw<ArgumentException>(() => ScheduleState.Load(new byte[3])).Message.ShouldStartWith("There are 3 bytes; 40 are wanted.");
    }

    private static double[] Rates(FormulaSchedule schedule, long[] times) => [.. times.Select(time => schedule.Rate(1, time))];

    private static ScheduleState Advance(Schedule schedule)
    {
        ScheduleState state = schedule.Start(0.4);
        for (int step = 0; step < 50; step++)
        {
            state = schedule.AfterEpoch(schedule.AfterStep(state, 0.4), 0.4, loss: 1);
        }

        return state;
    }

    /// <summary>A formula that a user could write.</summary>
    private sealed record InverseRoot : FormulaSchedule
    {
        public override double Rate(double learningRate, long time) => learningRate / Math.Sqrt(1 + time);
    }
}
