using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void A_realisable_problem_of_numbers_is_learnt()
    {
        LeakyIntegrator teacher = LeakyIntegrator.Create([0.7f, 1, -0.5f, 1, -1, 0.5f, 0.2f, 0, -0.3f]);
        TrainingSequence[] sequences = Sequences(24, teacher);
        LeakyIntegrator student = LeakyIntegrator.Create(seed: 5);
        Trainer<LeakyIntegrator> trainer = new(student, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 300, BatchSize = 8, LearningRate = 0.01 });
        double before = trainer.Evaluate(sequences);

        double last = trainer.Train(sequences);

        before.ShouldBeGreaterThan(0.5);
        last.ShouldBeLessThan(1e-5);
        trainer.Evaluate(sequences).ShouldBeLessThan(1e-5);
        trainer.Evaluate(Sequences(8, teacher, seed: 77)).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void A_realisable_problem_of_classes_is_learnt()
    {
        // Class 1 where the first input is positive, class 0 where it is negative, class 2 never.
        TrainingSequence[] sequences = [.. Enumerable.Range(0, 16).Select(i =>
        {
            float[] inputs = [.. Numbers.Random(20, seed: i).Select(value => value < 0 ? value - 0.5f : value + 0.5f)];
            return new TrainingSequence(inputs, Enumerable.Range(0, 10).Select(t => inputs[2 * t] > 0 ? 1 : 0).ToArray());
        })];
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);
        Trainer<LeakyIntegrator> trainer = new(network, new CrossEntropyLoss(), new TrainingOptions { Epochs = 300, BatchSize = 4, LearningRate = 0.05 });

        trainer.Train(sequences);

        trainer.Evaluate(sequences).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void The_gradient_of_a_batch_is_the_mean_of_its_sequences_gradients()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        float[] start = Weights(network);
        TrainingSequence[] sequences = Sequences(3, LeakyIntegrator.Create(seed: 3));
        double[] mean = [.. Enumerable.Range(0, 9).Select(i => sequences.Average(sequence => Slope(sequence, start, i)))];
        List<TrainingProgress> reports = [];

        new Trainer<LeakyIntegrator>(network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 1, BatchSize = 3, LearningRate = 1e-3, ClipNorm = 1e-3 })
            .Train(sequences, new Listener(reports.Add));

        reports.Single().GradientNorm.ShouldBe(Math.Sqrt(mean.Sum(gradient => gradient * gradient)), 1e-5);
        reports.Single().Loss.ShouldBe(sequences.Average(sequence => Loss(sequence, start)), 1e-6);

        // The first step of Adam goes by the sign of each gradient.
        Weights(network).Zip(start, (after, before) => Math.Sign(before - after)).ShouldBe(mean.Select(Math.Sign));
    }

    [Fact]
    public void Every_epoch_visits_every_sequence_once_in_an_order_of_its_own()
    {
        LeakyIntegrator teacher = LeakyIntegrator.Create(seed: 3);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.StepsOfForwards = [];
        TrainingSequence[] sequences = Sequences(7, teacher);
        List<TrainingProgress> reports = [];

        double last = new Trainer<LeakyIntegrator>(network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 2, BatchSize = 3 })
            .Train(sequences, new Listener(reports.Add));

        int[] lengths = [.. sequences.Select(sequence => sequence.Inputs.Length / 2)];
        int[] first = [.. network.StepsOfForwards.Take(7)];
        int[] second = [.. network.StepsOfForwards.Skip(7)];
        first.Order().ShouldBe(lengths.Order());
        second.Order().ShouldBe(lengths.Order());
        first.ShouldNotBe(lengths);
        second.ShouldNotBe(first);
        reports.Select(report => (report.Epoch, report.Epochs, report.Batch, report.Batches)).ShouldBe(
            [(1, 2, 1, 3), (1, 2, 2, 3), (1, 2, 3, 3), (2, 2, 1, 3), (2, 2, 2, 3), (2, 2, 3, 3)]);
        last.ShouldBe((3 * reports[3].Loss + 3 * reports[4].Loss + reports[5].Loss) / 7, 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        TrainingSequence[] sequences = Sequences(10, LeakyIntegrator.Create(seed: 3));

        float[] Trained(int seed)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            new Trainer<LeakyIntegrator>(network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 3, BatchSize = 2, Seed = seed }).Train(sequences);
            return Weights(network);
        }

        Trained(1).ShouldBe(Trained(1));
        Trained(1).ShouldNotBe(Trained(2));
    }

    [Fact]
    public void Training_again_goes_on_where_it_stopped()
    {
        TrainingSequence[] sequences = Sequences(1, LeakyIntegrator.Create(seed: 3));
        LeakyIntegrator twice = LeakyIntegrator.Create(seed: 2);
        LeakyIntegrator once = LeakyIntegrator.Create(seed: 2);

        Trainer<LeakyIntegrator> trainer = new(twice, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 2 });
        trainer.Train(sequences);
        trainer.Train(sequences);
        new Trainer<LeakyIntegrator>(once, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 4 }).Train(sequences);

        Weights(twice).ShouldBe(Weights(once));
    }

    [Fact]
    public void A_learning_rate_of_0_moves_nothing_and_may_be_changed()
    {
        TrainingSequence[] sequences = Sequences(3, LeakyIntegrator.Create(seed: 3));
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        float[] start = Weights(network);
        Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = 0 });
        trainer.Train(sequences);
        Weights(network).ShouldBe(start);

        trainer.LearningRate = 0.01;
        trainer.TrainBatch(sequences);

        Weights(network).ShouldNotBe(start);
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.LearningRate = -1).Message.ShouldStartWith("LearningRate is -1; a finite number of at least 0 is wanted.");
    }

    [Fact]
    public void Parameters_that_are_set_between_steps_are_the_ones_that_train()
    {
        TrainingSequence[] sequences = Sequences(1, LeakyIntegrator.Create(seed: 3));
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = 1e-4 });
        trainer.TrainBatch(sequences);

        network.SetParameters([10, 10, 10, 10, 10, 10, 10, 10, 10]);
        trainer.TrainBatch(sequences);

        Weights(network).ShouldAllBe(parameter => Math.Abs(parameter - 10) < 1e-3);
    }

    [Fact]
    public void Evaluation_gives_the_loss_and_leaves_the_network()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        float[] start = Weights(network);
        TrainingSequence[] sequences = Sequences(5, LeakyIntegrator.Create(seed: 3));

        double loss = new Trainer<LeakyIntegrator>(network, new MeanSquaredErrorLoss()).Evaluate(sequences);

        loss.ShouldBe(sequences.Average(sequence => Loss(sequence, start)), 1e-6);
        Weights(network).ShouldBe(start);
    }

    [Fact]
    public void What_a_longer_sequence_left_in_the_buffers_does_not_reach_a_shorter_one()
    {
        TrainingSequence[] sequences = [.. Sequences(9, LeakyIntegrator.Create(seed: 3)).OrderByDescending(sequence => sequence.Inputs.Length)];
        Trainer<LeakyIntegrator> used = new(LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = 0 });

        foreach (TrainingSequence sequence in sequences)
        {
            Trainer<LeakyIntegrator> fresh = new(LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = 0 });
            used.TrainBatch([sequence]).ShouldBe(fresh.TrainBatch([sequence]));
            used.Evaluate([sequence]).ShouldBe(fresh.Evaluate([sequence]));
        }
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        TrainingSequence[] sequences = Sequences(6, LeakyIntegrator.Create(seed: 3));
        Trainer<LeakyIntegrator> trainer = new(LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss());
        trainer.TrainBatch(sequences);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            trainer.TrainBatch(sequences);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void What_training_allocates_does_not_grow_with_the_number_of_steps()
    {
        TrainingSequence[] sequences = Sequences(6, LeakyIntegrator.Create(seed: 3));

        long Allocated(int epochs)
        {
            Trainer<LeakyIntegrator> trainer = new(LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = epochs, BatchSize = 2 });
            Listener listener = new(_ => { });
            trainer.Train(sequences, listener);
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Train(sequences, listener);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(epochs: 50).ShouldBe(Allocated(epochs: 1));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_training_before_it_reaches_the_weights()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        float[] start = Weights(network);
        Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss());
        TrainingSequence broken = new(new float[] { 1, float.NaN }, new float[3]);

        ArithmeticException error = Should.Throw<ArithmeticException>(() => trainer.Train([broken]));

        error.Message.ShouldStartWith("The gradient's norm is NaN where the loss is NaN; a finite norm is wanted.");
        Weights(network).ShouldBe(start);
        trainer.TrainBatch(Sequences(1, LeakyIntegrator.Create(seed: 3)));
        Weights(network).ShouldAllBe(parameter => float.IsFinite(parameter));
    }

    [Fact]
    public void Inputs_that_the_network_refuses_are_named_by_their_place_in_the_list_and_end_training_after_the_last_batch()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.Refused = 1234;
        TrainingSequence[] sequences = Sequences(7, LeakyIntegrator.Create(seed: 3));
        sequences[5] = new TrainingSequence(new float[] { 0, 0, 0, 1234 }, new float[6]);
        Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { BatchSize = 1 });
        float[] afterLastBatch = Weights(network);
        int batches = 0;

        ArgumentException error = Should.Throw<ArgumentException>(() => trainer.Train(sequences, new Listener(_ =>
        {
            batches++;
            afterLastBatch = Weights(network);
        })));

        error.ParamName.ShouldBe("sequences");
        error.Message.ShouldStartWith("sequences[5] is refused by the network: 1234 is refused.");
        error.InnerException.ShouldBeOfType<ArgumentException>().ParamName.ShouldBe("inputs");
        batches.ShouldBe(1); // it is the second in the order of seed 0
        Weights(network).ShouldBe(afterLastBatch);
        Should.Throw<ArgumentException>(() => trainer.Evaluate(sequences)).Message.ShouldStartWith("sequences[5] is refused by the network: 1234 is refused.");
        Should.Throw<ArgumentException>(() => trainer.TrainBatch(sequences.AsSpan(4))).Message.ShouldStartWith("batch[1] is refused by the network: 1234 is refused.");
        Weights(network).ShouldBe(afterLastBatch);
    }

    [Fact]
    public void The_first_sequence_that_is_refused_is_named_whatever_thread_finds_one_first()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.Refused = 1234;
        TrainingSequence[] batch = Sequences(40, LeakyIntegrator.Create(seed: 3));
        foreach (int position in (ReadOnlySpan<int>)[13, 14, 21, 39])
        {
            batch[position] = new TrainingSequence(new float[] { 0, 0, 0, 1234 }, new float[6]);
        }

        using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { Threads = 4, GroupSize = 2 });
        float[] start = Weights(network);

        Should.Throw<ArgumentException>(() => trainer.TrainBatch(batch)).Message.ShouldStartWith("batch[13] is refused by the network: 1234 is refused.");
        Should.Throw<ArgumentException>(() => trainer.Evaluate(batch)).Message.ShouldStartWith("sequences[13] is refused by the network: 1234 is refused.");
        Weights(network).ShouldBe(start);
    }

    [Fact]
    public void A_trainer_that_has_been_disposed_trains_no_more()
    {
        TrainingSequence[] sequences = Sequences(2, LeakyIntegrator.Create(seed: 3));
        Trainer<LeakyIntegrator> trainer = new(LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { Threads = 2 });
        trainer.Train(sequences);

        trainer.Dispose();
        trainer.Dispose();

        Should.Throw<ObjectDisposedException>(() => trainer.Train(sequences));
        Should.Throw<ObjectDisposedException>(() => trainer.TrainBatch(sequences));
        Should.Throw<ObjectDisposedException>(() => trainer.Evaluate(sequences));
    }

    [Fact]
    public void The_order_of_a_seed_is_the_same_everywhere()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.StepsOfForwards = [];

        new Trainer<LeakyIntegrator>(network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 2, Seed = 7 })
            .Train(Sequences(8, LeakyIntegrator.Create(seed: 3)));

        network.StepsOfForwards.Select(steps => steps - 3).ShouldBe([7, 4, 6, 1, 2, 5, 0, 3, 4, 1, 5, 3, 6, 7, 0, 2]);
    }

    [Fact]
    public void A_cancelled_token_stops_training_after_the_batch()
    {
        using CancellationTokenSource source = new();
        List<TrainingProgress> reports = [];
        Listener listener = new(report =>
        {
            reports.Add(report);
            if (report is { Epoch: 2, Batch: 1 })
            {
                source.Cancel();
            }
        });
        Trainer<LeakyIntegrator> trainer = new(LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { BatchSize = 2 });

        Should.Throw<OperationCanceledException>(() => trainer.Train(Sequences(4, LeakyIntegrator.Create(seed: 3)), listener, source.Token));

        reports.Count.ShouldBe(3);
    }

    private static double Loss(TrainingSequence sequence, float[] parameters) =>
        Loss(sequence, Array.ConvertAll(parameters, parameter => (double)parameter));

    /// <summary>The mean squared error of the integrator's equations, in double precision.</summary>
    private static double Loss(TrainingSequence sequence, double[] p)
    {
        ReadOnlySpan<float> x = sequence.Inputs.Span;
        ReadOnlySpan<float> targets = sequence.Targets.Span;
        double h = 0, sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (i % 3 == 0)
            {
                h = p[0] * h + p[1] * x[i / 3 * 2] + p[2] * x[i / 3 * 2 + 1];
            }

            sum += Math.Pow(p[3 + i % 3] * h + p[6 + i % 3] - targets[i], 2);
        }

        return sum / targets.Length;
    }

    /// <summary>The central difference of the loss by parameter i.</summary>
    private static double Slope(TrainingSequence sequence, float[] parameters, int i)
    {
        double[] above = Array.ConvertAll(parameters, parameter => (double)parameter);
        double[] below = [.. above];
        above[i] += 1e-5;
        below[i] -= 1e-5;
        return (Loss(sequence, above) - Loss(sequence, below)) / 2e-5;
    }
}
