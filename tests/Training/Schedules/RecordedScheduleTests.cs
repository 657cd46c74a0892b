using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Schedules;

/// <summary>
/// The learning rates of 24 steps, or epochs, as the schedulers of TorchSharp 0.107 give them over an SGD with the learning rate 0.4; the losses of the plateaus are
/// 1 / (1 + min(t, 4)) + 0.01 sin t.
/// </summary>
public class RecordedScheduleTests
{
    public static TheoryData<Schedule, double[]> Recorded => new()
    {
        // StepLR(step_size=5, gamma=0.5)
        {
            new StepSchedule(5) { Factor = 0.5 },
            [
                0.4, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2,
                0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05,
                0.05, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025,
            ]
        },
        // MultiStepLR(milestones=[3, 4, 11], gamma=0.3)
        {
            new MultiStepSchedule([3, 4, 11]) { Factor = 0.3 },
            [
                0.4, 0.4, 0.4, 0.12, 0.036, 0.036, 0.036, 0.036,
                0.036, 0.036, 0.036, 0.0108, 0.0108, 0.0108, 0.0108, 0.0108,
                0.0108, 0.0108, 0.0108, 0.0108, 0.0108, 0.0108, 0.0108, 0.0108,
            ]
        },
        // ExponentialLR(gamma=0.9)
        {
            new ExponentialSchedule(0.9),
            [
                0.4, 0.36, 0.324, 0.2916, 0.26244, 0.236196, 0.2125764, 0.19131876,
                0.172186884, 0.154968196, 0.139471376, 0.125524238, 0.112971815, 0.101674633, 0.0915071698, 0.0823564528,
                0.0741208076, 0.0667087268, 0.0600378541, 0.0540340687, 0.0486306618, 0.0437675957, 0.0393908361, 0.0354517525,
            ]
        },
        // CosineAnnealingLR(T_max=23, eta_min=0.01)
        {
            new CosineSchedule(23) { Minimum = 0.01 },
            [
                0.4, 0.398183759, 0.392768871, 0.383856204, 0.371611784, 0.356263702, 0.338097863, 0.317452663,
                0.294712682, 0.270301524, 0.244673923, 0.218307271, 0.191692729, 0.165326077, 0.139698476, 0.115287318,
                0.0925473372, 0.0719021371, 0.0537362983, 0.0383882161, 0.0261437962, 0.017231129, 0.0118162405, 0.01,
            ]
        },
        // LinearLR(start_factor=0.25, total_iters=6)
        {
            new WarmUpSchedule(6) { StartFactor = 0.25 },
            [
                0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.4,
                0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4,
                0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4,
            ]
        },
        // SequentialLR([LinearLR(start_factor=0.25, total_iters=6), StepLR(step_size=5, gamma=0.5)], milestones=[6])
        {
            new WarmUpSchedule(6) { StartFactor = 0.25, Then = new StepSchedule(5) { Factor = 0.5 } },
            [
                0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.4,
                0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2,
                0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05,
            ]
        },
        // OneCycleLR(max_lr=0.4, total_steps=24, cycle_momentum=False)
        {
            new OneCycleSchedule(24),
            [
                0.016, 0.0401254497, 0.10643891, 0.19827536, 0.292555677, 0.365586581, 0.39901491, 0.397766174,
                0.388776711, 0.373205188, 0.351594538, 0.324698262, 0.293454152, 0.258951599, 0.222393606, 0.185054841,
                0.148237198, 0.113224399, 0.0812372379, 0.0533910121, 0.0306566375, 0.013826795, 0.00348829141, 1.6e-06,
            ]
        },
        // OneCycleLR(max_lr=0.4, total_steps=24, pct_start=0.4, anneal_strategy='linear', div_factor=10, final_div_factor=100, cycle_momentum=False)
        {
            new OneCycleSchedule(24) { Rise = 0.4, Linear = true, StartDivisor = 10, EndDivisor = 100 },
            [
                0.04, 0.0818604651, 0.12372093, 0.165581395, 0.20744186, 0.249302326, 0.291162791, 0.333023256,
                0.374883721, 0.3889, 0.36115, 0.3334, 0.30565, 0.2779, 0.25015, 0.2224,
                0.19465, 0.1669, 0.13915, 0.1114, 0.08365, 0.0559, 0.02815, 0.0004,
            ]
        },
        // OneCycleLR(max_lr=0.4, total_steps=24, three_phase=True, cycle_momentum=False)
        {
            new OneCycleSchedule(24) { ThreePhases = true },
            [
                0.016, 0.0401254497, 0.10643891, 0.19827536, 0.292555677, 0.365586581, 0.39901491, 0.3844399,
                0.325524349, 0.237074133, 0.141317391, 0.0623184404, 0.0199302513, 0.0158738572, 0.015117345, 0.0137402841,
                0.0118627514, 0.00964846417, 0.00729050387, 0.00499448001, 0.00296060132, 0.00136621804, 0.000350357247, 1.6e-06,
            ]
        },
        // ReduceLROnPlateau(factor=0.5, patience=2, cooldown=2, min_lr=0.02)
        {
            new PlateauSchedule { Factor = 0.5, Patience = 2, Cooldown = 2, Minimum = 0.02 },
            [
                0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4,
                0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.1,
                0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05,
            ]
        },
        // ReduceLROnPlateau(factor=0.5, patience=1, threshold=0.05, threshold_mode='abs')
        {
            new PlateauSchedule { Factor = 0.5, Patience = 1, Threshold = 0.05, IsAbsolute = true },
            [
                0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.2,
                0.2, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.0125,
                0.0125, 0.00625, 0.00625, 0.003125, 0.003125, 0.0015625, 0.0015625, 0.00078125,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Rates_are_those_of_torch(Schedule schedule, double[] rates)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleState state = schedule.Start(0.4);
        double[] given = new double[rates.Length];
        for (int t = 0; t < rates.Length; t++)
        {
            given[t] = state.LearningRate;
            state = schedule.AfterStep(state, 0.4);
            state = schedule.AfterEpoch(state, 0.4, (1.0 / (1 + Math.Min(t, 4))) + (0.01 * Math.Sin(t)));
        }

        given.Zip(rates, (ours, torch) => Math.Abs(ours - torch) / torch).Max().ShouldBeLessThan(1e-7);
    }
}
