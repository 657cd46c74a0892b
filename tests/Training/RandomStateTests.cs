using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training;

/// <summary>Sequences that begin in a random state.</summary>
public class RandomStateTests
{
    // a, w0, w1, v0, v1, v2, b0, b1, b2: every output is the state in front of it.
    private static readonly float[] Echo = [1, 0, 0, 1, 1, 1, 0, 0, 0];

    [Fact]
    public void A_sequence_begins_in_normal_noise_of_the_deviation_that_is_asked_for()
    {
        const int Count = 20_000;
        TrainingSequence[] sequences = [.. Enumerable.Repeat(new TrainingSequence(new float[2], new float[3]), Count)];
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(Echo), new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = 0, InitialStateDeviation = 0.5 });

        double meanSquare = trainer.TrainBatch(sequences);

        meanSquare.ShouldBe(0.25, 0.01);
        trainer.TrainBatch(sequences).ShouldNotBe(meanSquare);
        trainer.Evaluate(sequences).ShouldBe(0);
    }

    [Fact]
    public void A_sequence_with_a_state_of_its_own_begins_in_that()
    {
        TrainingSequence[] sequences = [new(new float[2], new float[3]) { InitialState = new[] { 3f } }];
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(Echo), new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = 0, InitialStateDeviation = 0.5 });

        trainer.TrainBatch(sequences).ShouldBe(9);
    }

    [Theory]
    [InlineData(1, null, null)]
    [InlineData(3, null, null)]
    [InlineData(2, 4, null)]
    [InlineData(2, null, 64L)]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads_in_windows_and_in_segments(int threads, int? truncatedSteps, long? tapeBytes)
    {
        float[] Trained(int threads, double deviation = 0.1)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions
            {
                Epochs = 3,
                BatchSize = 8,
                GroupSize = 2,
                Seed = 5,
                Threads = threads,
                TruncatedSteps = truncatedSteps,
                TapeBytes = tapeBytes,
                InitialStateDeviation = deviation,
            });
            trainer.Train(Sequences(9, LeakyIntegrator.Create(seed: 3)));
            return Weights(network);
        }

        Trained(threads).ShouldBe(Trained(1));
        Trained(threads).ShouldNotBe(Trained(threads, deviation: 0));
    }
}
