using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private static readonly LeakyIntegrator Teacher = LeakyIntegrator.Create(seed: 3);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 4,
        BatchSize = 2,
        LearningRate = 0.01,
        ValidationFraction = 0.2,
        KeepBest = true,
        GroupSize = 1,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Join(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, null, 12)]
    [InlineData(true, null, 16)]
    [InlineData(false, 3, 35)]
    public void A_run_resumed_after_any_step_gives_the_bits_of_one_that_was_not_interrupted(bool isEnumerated, int? truncatedSteps, int steps)
    {
        TrainingOptions options = (isEnumerated ? Options with { ValidationFraction = 0, ShuffleSize = 4 } : Options) with { TruncatedSteps = truncatedSteps };
        List<string> checkpoints = [];
        Outcome whole = Train(options, isEnumerated, resumed: null, trainer => () =>
        {
            checkpoints.Add(Path.Join(_folder, $"{checkpoints.Count}"));
            trainer.SaveCheckpoint(checkpoints[^1]);
        });
        checkpoints.Count.ShouldBe(steps);

        foreach (string checkpoint in checkpoints)
        {
            Outcome resumed = Train(options with { Threads = 2 }, isEnumerated, checkpoint, _ => () => { });

            resumed.Weights.ShouldBe(whole.Weights);
            resumed.Loss.ShouldBe(whole.Loss);
            resumed.History.ShouldBe(whole.History);
        }
    }

    [Fact]
    public void A_run_resumed_behind_a_sequence_that_was_too_long_for_the_tape_goes_on_as_that_run_did()
    {
        // In the order of the enumeration, the long one in front: of 7 and of 6 to 3 time steps, where 27 floats hold the tape of 6.
        TrainingSequence[] sequences = [.. Sequences(5, Teacher).Reverse()];
        (float[] Weights, int Forwards) Trained(string? resumed)
        {
            LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
            network.StepsOfForwards = [];
            using Trainer<LeakyIntegrator> trainer = new(
                network, new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 1, BatchSize = 1, ShuffleSize = 1, LearningRate = 0.01, TapeBytes = 4 * 27 });
            if (resumed is not null)
            {
                trainer.LoadCheckpoint(resumed);
            }

            trainer.Train(sequences.Where(_ => true), progress: new Listener(report =>
            {
                if (resumed is null && report.Batch == 2)
                {
                    trainer.SaveCheckpoint(File);
                    CheckpointFile.Read(File, LeakyIntegrator.Parameters).Number<int>("is_segmented").ShouldBe(1);
                }
            }));
            if (resumed is not null)
            {
                trainer.SaveCheckpoint(File);
                CheckpointFile.Read(File, LeakyIntegrator.Parameters).Number<int>("is_segmented").ShouldBe(1);
            }

            return (Weights(network), network.StepsOfForwards.Count);
        }

        float[] whole = Trained(null).Weights;
        (float[] weights, int forwards) = Trained(File);

        weights.ShouldBe(whole);
        forwards.ShouldBe(3);
    }

    [Fact]
    public void Training_writes_checkpoints_by_itself_and_the_last_one_is_that_of_the_finished_run()
    {
        List<DateTime> written = [];
        Outcome whole = Train(Options with { CheckpointPath = File, CheckpointBatches = 2 }, isEnumerated: false, resumed: null, _ => () =>
        {
            if (System.IO.File.Exists(File))
            {
                written.Add(System.IO.File.GetLastWriteTimeUtc(File));
            }
        });
        written.Distinct().Count().ShouldBe(7); // of 12 batches in 4 epochs: after the second and the third, the last time when all is over

        int batches = 0;
        Outcome again = Train(Options, isEnumerated: false, File, _ => () => batches++);

        batches.ShouldBe(0);
        again.Weights.ShouldBe(whole.Weights);
        again.Loss.ShouldBe(whole.Loss);
        again.History.ShouldBe(whole.History);
    }

    [Fact]
    public void A_finished_run_can_be_made_longer()
    {
        Outcome whole = Train(Options, isEnumerated: false, resumed: null, _ => () => { });
        Train(Options with { Epochs = 2, CheckpointPath = File }, isEnumerated: false, resumed: null, _ => () => { });

        Outcome longer = Train(Options, isEnumerated: false, File, _ => () => { });

        longer.Weights.ShouldBe(whole.Weights);
        longer.History.ShouldBe(whole.History);
    }

    [Fact]
    public void A_run_that_is_cancelled_leaves_a_checkpoint_of_where_it_stopped()
    {
        Outcome whole = Train(Options, isEnumerated: false, resumed: null, _ => () => { });
        using CancellationTokenSource source = new();
        int batches = 0;
        Should.Throw<OperationCanceledException>(() => Train(
            Options with { CheckpointPath = File },
            isEnumerated: false,
            resumed: null,
            _ => () =>
            {
                if (++batches == 5)
                {
                    source.Cancel();
                }
            },
            source.Token));

        Outcome resumed = Train(Options, isEnumerated: false, File, _ => () => batches++);

        batches.ShouldBe(12);
        resumed.Weights.ShouldBe(whole.Weights);
        resumed.History.ShouldBe(whole.History);
    }

    [Fact]
    public void A_checkpoint_between_calls_goes_on_with_another_call()
    {
        TrainingSequence[] sequences = Sequences(6, Teacher);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        using Trainer<LeakyIntegrator> first = new(network, new MeanSquaredErrorLoss(), Options);
        first.Train(sequences);
        first.LearningRate = 0.002;
        first.TrainBatch(sequences);
        first.SaveCheckpoint(File);
        first.Train(sequences);

        LeakyIntegrator other = LeakyIntegrator.Create(seed: 77);
        using Trainer<LeakyIntegrator> second = new(other, new MeanSquaredErrorLoss(), Options);
        second.LoadCheckpoint(File);
        second.LearningRate.ShouldBe(0.002);
        second.Train(sequences);

        Weights(other).ShouldBe(Weights(network));
    }

    [Fact]
    public void What_a_process_that_was_killed_has_left_beside_the_file_is_replaced()
    {
        string aside = Path.Join(_folder, ".run.checkpoint.tmp");
        System.IO.File.WriteAllText(aside, new string('x', 100_000));

        Train(Options with { CheckpointPath = File }, isEnumerated: false, resumed: null, _ => () => { });

        Directory.GetFiles(_folder).ShouldBe([File]);
        Should.NotThrow(() => Train(Options, isEnumerated: false, File, _ => () => { }));
    }

    private Outcome Train(
        TrainingOptions options, bool isEnumerated, string? resumed, Func<Trainer<LeakyIntegrator>, Action> afterBatch, CancellationToken cancellationToken = default)
    {
        TrainingSequence[] sequences = Sequences(isEnumerated ? 8 : 7, Teacher);
        LeakyIntegrator network = LeakyIntegrator.Create(seed: resumed is null ? 2 : 50);
        using Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss(), options);
        if (resumed is not null)
        {
            trainer.LoadCheckpoint(resumed);
        }

        Action act = afterBatch(trainer);
        Listener listener = new(_ => act());
        double loss = isEnumerated
            ? trainer.Train(sequences.Where(_ => true), Sequences(2, Teacher, seed: 40), listener, cancellationToken)
            : trainer.Train(sequences, listener, cancellationToken);
        return new Outcome(Weights(network), loss, [.. trainer.History.Select(epoch => epoch with { Duration = default })]);
    }

    private sealed record Outcome(float[] Weights, double Loss, TrainingEpoch[] History);
}
