using System;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training.Passes;

public class TapePlanTests
{
    private static readonly LeakyIntegrator Teacher = LeakyIntegrator.Create(seed: 3);

    [Theory]
    [InlineData(10, 4, 1, 40, 10)] // all of it
    [InlineData(10, 4, 1, 39, 9)] // 36 of the tape and 2 states
    [InlineData(10, 4, 1, 22, 5)] // 20 and 2
    [InlineData(10, 4, 1, 13, 2)] // 8 and 5
    [InlineData(10, 4, 1, 12, 0)]
    [InlineData(1000, 10, 5, 5000, 480)] // 4800 and 15: a multiple of 32, where 498 would fit
    [InlineData(100_000, 10, 5, 20_000, 1952)] // 19,520 and 260: 1974 would fit
    public void Segments_are_as_long_as_fits_beside_the_states_that_they_begin_with(int steps, int tape, int state, int budget, int expected) =>
        TapePlan.SegmentSteps(steps, tape, state, budget).ShouldBe(expected);

    [Theory]
    [InlineData(10, 4, 1)]
    [InlineData(100_000, 1000, 256)]
    [InlineData(5000, 4, 700)]
    public void What_is_said_to_be_enough_is(int steps, int tape, int state)
    {
        long enough = TapePlan.Enough(steps, tape, state);

        TapePlan.SegmentSteps(steps, tape, state, enough).ShouldBeGreaterThan(0);
        TapePlan.SegmentSteps(steps, tape, state, enough / 2).ShouldBe(0);
    }

    [Theory]
    [InlineData(4 * 15)]
    [InlineData(4 * 22)]
    [InlineData(4 * 100)]
    public void A_sequence_in_segments_has_the_gradients_of_the_whole(long bytes)
    {
        TrainingSequence[] sequences = Sequences(9, Teacher);
        (float[] Weights, double Loss) Trained(long? tapeBytes)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            using Trainer<LeakyIntegrator> trainer = new(
                network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 3, BatchSize = 4, LearningRate = 0.01, TapeBytes = tapeBytes });
            double loss = trainer.Train(sequences);
            return (Weights(network), loss);
        }

        // This network adds its gradients one time step after another, whatever the segments.
        (float[] weights, double loss) = Trained(bytes);
        (float[] expected, double expectedLoss) = Trained(null);
        weights.ShouldBe(expected);
        loss.ShouldBe(expectedLoss);
    }

    [Fact]
    public void A_sequence_of_100_000_time_steps_trains_in_64_KB()
    {
        const int Steps = 100_000;
        TrainingSequence sequence = new(Numbers.Random(2 * Steps, seed: 1), new float[3 * Steps]);
        (float[] Weights, long Allocated) Trained(long? tapeBytes)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { TapeBytes = tapeBytes });
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.TrainBatch([sequence]);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            trainer.TrainBatch([sequence]);
            return (Weights(network), allocated - (2L * sizeof(float) * 3 * Steps)); // outputs and their gradients
        }

        (float[] weights, long allocated) = Trained(65_536);
        (float[] expected, long whole) = Trained(null);

        allocated.ShouldBeInRange(65_536, 80_000);
        whole.ShouldBeGreaterThan(4L * sizeof(float) * Steps - 1);
        weights.ShouldBe(expected);
    }

    [Fact]
    public void A_budget_that_is_too_small_is_told_with_one_that_is_enough()
    {
        TrainingSequence[] sequences = Sequences(8, Teacher);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { TapeBytes = 40 });
        float[] before = Weights(network);

        Should.Throw<ArgumentException>(() => trainer.Train(sequences)).Message.ShouldBe("TapeBytes is 40; for a sequence of 10 time steps 56 are enough.");

        Weights(network).ShouldBe(before);
    }
}
