using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training;

/// <summary>Truncated back-propagation through time.</summary>
public class TruncatedTests
{
    private static readonly LeakyIntegrator Teacher = LeakyIntegrator.Create(seed: 3);

    [Fact]
    public void Windows_as_long_as_the_longest_sequence_give_the_bits_of_no_windows()
    {
        float[] Trained(int? steps)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            using Trainer<LeakyIntegrator> trainer = new(
                network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 3, BatchSize = 4, LearningRate = 0.01, TruncatedSteps = steps });
            trainer.Train(Sequences(7, Teacher));
            return Weights(network);
        }

        Trained(9).ShouldBe(Trained(null));
        Trained(8).ShouldNotBe(Trained(null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public void A_window_is_a_sequence_of_its_own_that_begins_with_the_state_that_the_one_before_has_left(int? scored)
    {
        const int Steps = 11;
        const int Window = 4;
        TrainingSequence whole = Sequences(9, Teacher)[8];
        float[] inputs = whole.Inputs.ToArray();
        float[] targets = whole.Targets[(3 * (Steps - (scored ?? Steps)))..].ToArray();
        float[] weights = [.. Enumerable.Range(1, scored ?? Steps).Select(i => (float)i)];
        TrainingSequence sequence = new(inputs, targets) { ScoredSteps = scored, StepWeights = weights, Weight = 0.5f, InitialState = new[] { 0.3f } };
        List<TrainingProgress> reports = [];
        using (Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 1, LearningRate = 0, TruncatedSteps = Window }))
        {
            double loss = trainer.Train([sequence], new Listener(reports.Add));
            loss.ShouldBe(((reports[0].Loss * 4) + (reports[1].Loss * 4) + (reports[2].Loss * 3)) / 11, 1e-12);
        }

        reports.Select(report => (report.Batch, report.Batches, report.Window, report.Windows)).ShouldBe([(1, 1, 1, 3), (1, 1, 2, 3), (1, 1, 3, 3)]);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        float[] state = [0.3f];
        for (int window = 0; window < 3; window++)
        {
            int first = window * Window;
            int count = Math.Min(Window, Steps - first);
            int from = Math.Max(0, first - (Steps - weights.Length));
            int to = Math.Max(0, first + count - (Steps - weights.Length));
            TrainingSequence part = new(inputs.AsMemory(2 * first, 2 * count), targets.AsMemory(3 * from, 3 * (to - from)))
            {
                ScoredSteps = to - from,
                StepWeights = weights.AsMemory(from, to - from),
                Weight = 0.5f,
                InitialState = state.ToArray(),
            };
            List<TrainingProgress> expected = [];
            using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 1, LearningRate = 0 });
            trainer.Train([part], new Listener(expected.Add));

            reports[window].Loss.ShouldBe(expected[0].Loss);
            reports[window].GradientNorm.ShouldBe(expected[0].GradientNorm);
            network.Run(inputs.AsSpan(2 * first, 2 * count), state, new float[3 * count]);
        }
    }

    [Fact]
    public void The_optimiser_takes_a_step_after_each_window_of_the_sequences_that_go_so_far()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.StepsOfForwards = [];
        List<float[]> weights = [];
        using Trainer<LeakyIntegrator> trainer = new(
            network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 1, BatchSize = 8, LearningRate = 0.01, TruncatedSteps = 3, ShuffleSize = 1 });

        trainer.Train(Sequences(5, Teacher).Select(sequence => sequence), progress: new Listener(_ => weights.Add(Weights(network))));

        // Of 3, 4, 5, 6 and 7 time steps.
        network.StepsOfForwards.ShouldBe([3, 3, 3, 3, 3, 1, 2, 3, 3, 1]);
        weights.Count.ShouldBe(3);
        weights[1].ShouldNotBe(weights[0]);
        weights[2].ShouldNotBe(weights[1]);
    }

    [Fact]
    public void Windows_of_classes_are_cut_with_their_classes()
    {
        TrainingSequence sequence = new(Numbers.Random(10, seed: 1), new[] { 0, 1, 2, 1, 0 });
        List<TrainingProgress> reports = [];
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2), new CrossEntropyLoss(), new TrainingOptions { Epochs = 1, LearningRate = 0, TruncatedSteps = 2 });

        trainer.Train([sequence], new Listener(reports.Add));

        // With weights that stay, the windows' losses are those of the whole, in parts.
        (((reports[0].Loss * 2) + (reports[1].Loss * 2) + reports[2].Loss) / 5).ShouldBe(trainer.Evaluate([sequence]), 1e-6);
    }

    [Fact]
    public void Windows_allocate_nothing_and_give_the_same_bits_on_any_number_of_threads()
    {
        TrainingSequence[] sequences = Sequences(6, Teacher);
        float[] Trained(int threads)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            using Trainer<LeakyIntegrator> trainer = new(
                network, new MeanSquaredErrorLoss(), new TrainingOptions { TruncatedSteps = 2, Threads = threads, GroupSize = 2 });
            trainer.TrainBatch(sequences);
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.TrainBatch(sequences);
            trainer.TrainBatch(sequences);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
            return Weights(network);
        }

        Trained(3).ShouldBe(Trained(1));
    }

    [Fact]
    public void A_sequence_that_is_refused_in_a_later_window_is_named_by_its_place()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.Refused = 1234;
        TrainingSequence[] sequences = Sequences(6, Teacher);
        float[] inputs = sequences[4].Inputs.ToArray();
        inputs[^1] = 1234;
        sequences[4] = new TrainingSequence(inputs, sequences[4].Targets);
        using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { TruncatedSteps = 3 });

        Should.Throw<ArgumentException>(() => trainer.TrainBatch(sequences)).Message.ShouldStartWith("batch[4] is refused by the network");
    }
}
