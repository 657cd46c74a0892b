using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training;

/// <summary>Validation, early stopping and the weights that are kept.</summary>
public class EarlyStoppingTests
{
    private static readonly LeakyIntegrator Teacher = LeakyIntegrator.Create(seed: 3);

    [Fact]
    public void A_fraction_is_set_aside_by_the_seed_and_measures_every_epoch_after_its_steps()
    {
        TrainingSequence[] sequences = Sequences(10, Teacher);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.StepsOfForwards = [];
        using Trainer<LeakyIntegrator> trainer = new(
            network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 2, BatchSize = 3, ValidationFraction = 0.3, Seed = 4 });

        trainer.Train(sequences);

        int[] trained = [.. network.StepsOfForwards.Take(7).Order()];
        network.StepsOfForwards.Count.ShouldBe(14);
        network.StepsOfForwards.Skip(7).Order().ShouldBe(trained);
        TrainingSequence[] aside = [.. sequences.Where(sequence => !trained.Contains(sequence.Inputs.Length / 2))];
        aside.Length.ShouldBe(3);
        trainer.History[1].ValidationLoss.ShouldBe(trainer.Evaluate(aside));
        trainer.History[1].RankedLoss.ShouldBe(trainer.Evaluate(aside));

        // Called again, it sets the same aside.
        network.StepsOfForwards.Clear();
        trainer.Train(sequences);
        network.StepsOfForwards.Take(7).Order().ShouldBe(trained);
    }

    [Fact]
    public void Other_seeds_set_others_aside_and_every_sequence_about_equally_often()
    {
        int[] times = new int[10];
        for (int seed = 0; seed < 1000; seed++)
        {
            (int[] training, int[] validation) = ValidationSplit.Draw(10, 0.3, seed);
            training.Concat(validation).Order().ShouldBe(Enumerable.Range(0, 10));
            validation.Length.ShouldBe(3);
            foreach (int position in validation)
            {
                times[position]++;
            }
        }

        // The standard deviation is 14.5.
        times.ShouldAllBe(count => Math.Abs(count - 300) < 60);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.9)]
    public void A_fraction_that_leaves_nothing_is_refused(int count, double fraction)
    {
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { ValidationFraction = fraction });

        Should.Throw<ArgumentException>(() => trainer.Train(Sequences(count, Teacher))).Message
            .ShouldStartWith(FormattableString.Invariant($"There are {count} sequences; with ValidationFraction = {fraction} more are wanted"));
        Should.Throw<ArgumentException>(() => trainer.Train(Sequences(4, Teacher), Sequences(2, Teacher))).Message
            .ShouldStartWith(FormattableString.Invariant($"ValidationFraction is {fraction}; 0 is wanted"));
    }

    [Fact]
    public void Training_stops_when_no_epoch_has_been_better_for_as_long_as_patience_lasts_and_the_best_weights_are_kept()
    {
        // The longer it trains on the sequences of one teacher, the worse it does on another's.
        TrainingSequence[] sequences = Sequences(6, Teacher);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        TrainingOptions options = new() { Epochs = 1000, BatchSize = 3, LearningRate = 0.02, Patience = 5, KeepBest = true };
        using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), options);
        LeakyIntegrator other = LeakyIntegrator.Create([.. Weights(Teacher).Zip(Weights(network), (a, b) => (0.3f * a) + (0.7f * b))]);
        TrainingSequence[] validation = Sequences(4, other, seed: 50);
        List<float[]> parameters = [];
        trainer.EpochEnded += _ => parameters.Add(Weights(network));

        trainer.Train(sequences, validation);

        TrainingHistory history = trainer.History;
        TrainingEpoch best = history.Best!.Value;
        best.Epoch.ShouldBeInRange(2, 900);
        history.Count.ShouldBe(best.Epoch + 5);
        history.Min(epoch => epoch.ValidationLoss).ShouldBe(best.ValidationLoss);
        Weights(network).ShouldBe(parameters[best.Epoch - 1]);
        Weights(network).ShouldNotBe(parameters[^1]);
        trainer.Evaluate(validation).ShouldBe(best.ValidationLoss!.Value);
    }

    [Fact]
    public void Without_validation_the_loss_of_training_decides_and_a_loss_that_is_no_better_by_enough_does_not_count()
    {
        TrainingSequence[] sequences = Sequences(3, Teacher);
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2),
            new MeanSquaredErrorLoss(),
            new TrainingOptions { Epochs = 50, Patience = 3, MinimumImprovement = 1e6 });

        trainer.Train(sequences);

        trainer.History.Select(epoch => epoch.IsBest).ShouldBe([true, false, false, false]);
        trainer.History[3].Loss.ShouldBeLessThan(trainer.History[0].Loss);
        trainer.History[3].ValidationLoss.ShouldBeNull();
    }

    [Fact]
    public void A_callback_stops_training_after_the_batch_at_hand_whose_epoch_is_measured_all_the_same()
    {
        List<TrainingProgress> reports = [];
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 9, BatchSize = 2 });
        trainer.Stop();

        double loss = trainer.Train(Sequences(6, Teacher), Sequences(2, Teacher), new Listener(report =>
        {
            reports.Add(report);
            if (report is { Epoch: 3, Batch: 2 })
            {
                trainer.Stop();
            }
        }));

        reports.Count.ShouldBe(8);
        trainer.History.Count.ShouldBe(3);
        loss.ShouldBe((reports[6].Loss + reports[7].Loss) / 2, 1e-12);
        trainer.History[2].Loss.ShouldBe(loss);
        trainer.History[2].ValidationLoss.ShouldBe(trainer.Evaluate(Sequences(2, Teacher)));
        trainer.History[2].GradientNorm.ShouldBe(Math.Max(reports[6].GradientNorm, reports[7].GradientNorm));
    }

    [Fact]
    public void A_run_that_was_cancelled_goes_on_to_the_bits_of_one_that_was_not()
    {
        TrainingSequence[] sequences = Sequences(7, Teacher);
        TrainingOptions options = new() { Epochs = 4, BatchSize = 2, LearningRate = 0.01, ValidationFraction = 0.2 };
        LeakyIntegrator whole = LeakyIntegrator.Create(seed: 2);
        using Trainer<LeakyIntegrator> once = new(whole, new MeanSquaredErrorLoss(), options);
        double expected = once.Train(sequences);
        LeakyIntegrator cut = LeakyIntegrator.Create(seed: 2);
        using Trainer<LeakyIntegrator> trainer = new(cut, new MeanSquaredErrorLoss(), options);

        for (int after = 1; after <= 9; after += 2)
        {
            using CancellationTokenSource source = new();
            int batches = 0;
            Should.Throw<OperationCanceledException>(() => trainer.Train(
                sequences,
                new Listener(_ =>
                {
                    if (++batches == 2)
                    {
                        source.Cancel();
                    }
                }),
                source.Token));
        }

        trainer.Train(sequences).ShouldBe(expected);
        Weights(cut).ShouldBe(Weights(whole));
        trainer.History.Select(epoch => epoch with { Duration = default }).ShouldBe(once.History.Select(epoch => epoch with { Duration = default }));
    }
}
