using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training;

/// <summary>Sequences that come from an enumeration.</summary>
public class EnumeratedSourceTests
{
    private static readonly LeakyIntegrator Teacher = LeakyIntegrator.Create(seed: 3);

    [Fact]
    public void An_enumeration_is_gone_through_once_for_each_epoch_in_its_order_where_one_sequence_is_held()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        network.StepsOfForwards = [];
        int enumerations = 0;
        List<TrainingProgress> reports = [];
        using Trainer<LeakyIntegrator> trainer = new(
            network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 2, BatchSize = 3, ShuffleSize = 1 });

        double last = trainer.Train(Enumerated(7, () => enumerations++), progress: new Listener(reports.Add));

        enumerations.ShouldBe(2);
        network.StepsOfForwards.ShouldBe([3, 4, 5, 6, 7, 8, 9, 3, 4, 5, 6, 7, 8, 9]);
        reports.Select(report => (report.Epoch, report.Batch, report.Batches)).ShouldBe([(1, 1, 0), (1, 2, 0), (1, 3, 0), (2, 1, 0), (2, 2, 0), (2, 3, 0)]);
        last.ShouldBe(((3 * reports[3].Loss) + (3 * reports[4].Loss) + reports[5].Loss) / 7, 1e-12);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Batches_are_drawn_from_the_sequences_that_are_held(int held)
    {
        (float[] Parameters, int[] Order) Train(int seed)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            network.StepsOfForwards = [];
            using Trainer<LeakyIntegrator> trainer = new(
                network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 2, BatchSize = 4, ShuffleSize = held, Seed = seed });
            trainer.Train(Enumerated(9, () => { }));
            return (Weights(network), [.. network.StepsOfForwards.Select(steps => steps - 3)]);
        }

        (float[] parameters, int[] order) = Train(1);

        order.Take(9).Order().ShouldBe(Enumerable.Range(0, 9));
        order.Skip(9).Order().ShouldBe(Enumerable.Range(0, 9));
        order.Take(9).ShouldNotBe(order.Skip(9));
        order.Take(9).Select((position, i) => position - i).ShouldAllBe(ahead => ahead < held);
        Train(1).Parameters.ShouldBe(parameters);
        Train(2).Order.ShouldNotBe(order);
    }

    [Fact]
    public void What_does_not_fit_is_named_by_its_place_in_the_enumeration_when_its_turn_comes()
    {
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { BatchSize = 2, ShuffleSize = 3 });
        int batches = 0;
        IEnumerable<TrainingSequence> sequences = Enumerated(5, () => { }).Append(new TrainingSequence(new float[3], new float[3]));

        Should.Throw<ArgumentException>(() => trainer.Train(sequences, progress: new Listener(_ => batches++))).Message
            .ShouldStartWith("source[5] has 3 inputs; a multiple of 2 is wanted");

        batches.ShouldBeGreaterThan(0);
        Should.Throw<ArgumentException>(() => trainer.Train(Enumerable.Empty<TrainingSequence>())).Message.ShouldStartWith("There are 0 sequences");
        Should.NotThrow(() => trainer.Train(Enumerated(5, () => { }), Sequences(2, Teacher)));
        trainer.History[^1].ValidationLoss.ShouldNotBeNull();
    }

    private static IEnumerable<TrainingSequence> Enumerated(int count, Action begun)
    {
        begun();
        foreach (TrainingSequence sequence in Sequences(count, Teacher))
        {
            yield return sequence;
        }
    }
}
