using System;
using System.Collections.Generic;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>What a trainer does with a gradient, without the trainer.</summary>
public class ParameterUpdatesTests
{
    private static readonly TrainingOptions Options = new()
    {
        Optimizer = new AdamWOptions(),
        Schedule = new WarmUpSchedule(5) { Then = new PlateauSchedule { Patience = 0, Factor = 0.5 } },
        AverageDecay = 0.9,
        LearningRate = 0.1,
    };

    [Fact]
    public void Elements_are_bounded_first_and_then_their_norm_and_the_norm_is_that_of_before()
    {
        ParameterUpdates updates = new(new TrainingOptions { Optimizer = new SgdOptions(), LearningRate = 1, ClipValue = 3, ClipNorm = 2.5 }, Parameters.Vector(2));
        float[] parameters = [0, 0];

        double norm = updates.Step([30, -4], parameters);

        norm.ShouldBe(Math.Sqrt(916), 1e-5);
        parameters[0].ShouldBe(-2.5f * 3 / MathF.Sqrt(18), 1e-5f);
        parameters[1].ShouldBe(2.5f * 3 / MathF.Sqrt(18), 1e-5f);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_changes_nothing()
    {
        ParameterUpdates updates = new(Options, Parameters.Vector(2));
        float[] parameters = [1, 2];
        byte[] before = Saved(updates);

        updates.Step([1, float.NaN], parameters).ShouldBe(double.NaN);

        parameters.ShouldBe([1, 2]);
        Saved(updates).ShouldBe(before);
    }

    [Fact]
    public void The_schedule_sets_the_rate_and_the_average_follows_the_parameters()
    {
        ParameterUpdates updates = new(new TrainingOptions { Optimizer = new SgdOptions(), Schedule = new StepSchedule(2), LearningRate = 1, AverageDecay = 0.5, ClipNorm = 2 }, Parameters.Vector(1));
        float[] parameters = [0];
        List<float> moves = [];

        for (int step = 0; step < 5; step++)
        {
            float before = parameters[0];
            updates.Step([1], parameters);
            moves.Add(before - parameters[0]);
        }

        moves.ToArray().ShouldBe([1, 1, 0.1f, 0.1f, 0.01f], 1e-6f);
        updates.Average!.Parameters[0].ShouldBe(-2.105f, 1e-5f);
        updates.Average.Updates.ShouldBe(5);
    }

    [Fact]
    public void A_rate_that_is_set_by_hand_holds_until_the_schedule_changes_it()
    {
        ParameterUpdates updates = new(new TrainingOptions { Schedule = new StepSchedule(2), LearningRate = 1 }, Parameters.Vector(1));
        updates.LearningRate = 0.25;

        updates.Step([1], new float[1]);
        updates.LearningRate.ShouldBe(0.25);
        updates.Step([1], new float[1]);

        updates.LearningRate.ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void From_a_saved_state_all_of_it_goes_on_with_the_same_bits()
    {
        for (int interruption = 0; interruption < 20; interruption++)
        {
            ParameterUpdates uninterrupted = new(Options, Parameters.Vector(9));
            ParameterUpdates updates = new(Options, Parameters.Vector(9));
            float[] wanted = Numbers.Random(9, seed: 1);
            float[] resumed = [.. wanted];
            for (int step = 0; step < 20; step++)
            {
                if (step == interruption)
                {
                    byte[] state = Saved(updates);
                    updates = new(Options, Parameters.Vector(9));
                    updates.LoadState(state);
                }

                foreach ((ParameterUpdates one, float[] parameters) in new[] { (uninterrupted, wanted), (updates, resumed) })
                {
                    one.Step(Numbers.Random(9, seed: step), parameters);
                    if (step % 3 == 2)
                    {
                        one.EndEpoch(Math.Sin(step));
                    }
                }
            }

            resumed.ShouldBe(wanted);
            Saved(updates).ShouldBe(Saved(uninterrupted));
            updates.LearningRate.ShouldBeInRange(0.001, 0.07);
        }
    }

    private static byte[] Saved(ParameterUpdates updates)
    {
        byte[] state = new byte[updates.StateSize];
        updates.SaveState(state);
        return state;
    }
}
