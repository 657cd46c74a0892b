using System;
using System.IO;
using System.Text;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training.Checkpoints;

/// <summary>Checkpoints that a trainer cannot go on from.</summary>
public sealed class CheckpointFaultTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Epochs = 2, BatchSize = 2, KeepBest = true };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Join(_folder, "run.checkpoint");

    public static TheoryData<Func<TrainingOptions, TrainingOptions>, string> OtherOptions => new()
    {
        { options => options with { BatchSize = 3 }, "BatchSize is 3; the checkpoint was written with 2" },
        { options => options with { Seed = 9, ClipNorm = 0.5 }, "ClipNorm is 0.5; the checkpoint was written with 1\n  Seed is 9; the checkpoint was written with 0" },
        { options => options with { KeepBest = false }, "KeepBest is False; the checkpoint was written with True" },
        { options => options with { Optimizer = new AdamOptions { Beta1 = 0.5 } }, "Optimizer is AdamOptions { " },
        { options => options with { Optimizer = new SgdOptions() }, "Optimizer is SgdOptions { " },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(OtherOptions))]
    public void Options_that_differ_are_named(Func<TrainingOptions, TrainingOptions> change, string expected)
    {
        Write();
        (LeakyIntegrator network, Trainer<LeakyIntegrator> trainer) = Make(change(Options));
        using Trainer<LeakyIntegrator> disposed = trainer;
        float[] before = Weights(network);

        string message = Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message;

        message.ShouldStartWith($"{Path}: the checkpoint was written with other options:\n  ");
        message.ShouldContain(expected);
        Weights(network).ShouldBe(before);
    }

    [Fact]
    public void Options_that_have_no_effect_on_bits_may_differ()
    {
        Write();
        (_, Trainer<LeakyIntegrator> trainer) = Make(Options with { Epochs = 7, Threads = 3, CheckpointPath = Path, CheckpointBatches = 5 });
        using Trainer<LeakyIntegrator> disposed = trainer;

        Should.NotThrow(() => trainer.LoadCheckpoint(Path));
    }

    [Fact]
    public void Another_loss_is_named()
    {
        Write();
        using Trainer<LeakyIntegrator> trainer = new(LeakyIntegrator.Create(seed: 2), new CrossEntropyLoss(), Options);

        Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message.ShouldBe(
            $"{Path}: the checkpoint is that of the loss \"Recurrent.Training.MeanSquaredErrorLoss\"; Recurrent.Training.CrossEntropyLoss is wanted.");
    }

    [Fact]
    public void Another_network_is_told_by_its_tensors()
    {
        Write();
        TensorInfo[] others = [new TensorInfo("other", new TensorShape(3), 0, default)];

        string message = Should.Throw<InvalidDataException>(() => CheckpointFile.Read(Path, others)).Message;

        message.ShouldStartWith($"{Path}: the file's tensors are not the network's:\n  missing: \"other\" [3]\n  unexpected: ");
    }

    [Fact]
    public void Sequences_that_differ_are_refused_when_the_run_goes_on()
    {
        TrainingSequence[] sequences = Write();
        (LeakyIntegrator network, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using Trainer<LeakyIntegrator> disposed = trainer;
        trainer.LoadCheckpoint(Path);
        float[] before = Weights(network);

        Should.Throw<ArgumentException>(() => trainer.Train(sequences[1..])).Message
            .ShouldStartWith("The checkpoint was written in a run over 6 sequences of 66 inputs");

        Weights(network).ShouldBe(before);
        Should.NotThrow(() => trainer.Train(sequences));
        Should.NotThrow(() => trainer.Train(sequences[1..]));
    }

    [Fact]
    public void A_file_that_ends_early_or_has_any_bit_turned_is_refused_and_nothing_changes()
    {
        Write();
        byte[] file = File.ReadAllBytes(Path);
        (LeakyIntegrator network, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using Trainer<LeakyIntegrator> disposed = trainer;
        float[] before = Weights(network);

        for (int i = 0; i < file.Length; i++)
        {
            File.WriteAllBytes(Path, file[..i]);
            Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message.ShouldStartWith(Path);

            byte[] turned = [.. file];
            turned[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(Path, turned);
            Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message.ShouldStartWith(Path);
        }

        Weights(network).ShouldBe(before);
        trainer.History.ShouldBeEmpty();
        File.WriteAllBytes(Path, file);
        Should.NotThrow(() => trainer.LoadCheckpoint(Path));
    }

    [Fact]
    public void A_damaged_value_is_told_by_the_checksum()
    {
        Write();
        byte[] file = File.ReadAllBytes(Path);
        file[^100] ^= 1;
        File.WriteAllBytes(Path, file);
        (_, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using Trainer<LeakyIntegrator> disposed = trainer;

        Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message.ShouldBe($"{Path}: the checkpoint is damaged: its SHA-256 is not that of its content.");
    }

    [Theory]
    [InlineData("recurrent-checkpoint", "recurrent-checkpoinT", "the file is no checkpoint: its format is \"recurrent-checkpoinT\"; \"recurrent-checkpoint\" is wanted.")]
    [InlineData("\"version\":\"1\"", "\"version\":\"7\"", "the checkpoint has version \"7\"; \"1\" is wanted, that of this library.")]
    public void Another_format_and_another_version_are_named(string written, string changed, string expected)
    {
        Write();
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(Path));
        text.ShouldContain(written, Case.Sensitive);
        File.WriteAllBytes(Path, Encoding.Latin1.GetBytes(text.Replace(written, changed, StringComparison.Ordinal)));
        (_, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using Trainer<LeakyIntegrator> disposed = trainer;

        Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message.ShouldBe($"{Path}: {expected}");
    }

    [Fact]
    public void A_file_of_weights_is_no_checkpoint_and_a_missing_file_is_said_to_be_missing()
    {
        Safetensors.Write(Path, LeakyIntegrator.Parameters, new float[9]);
        (_, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using Trainer<LeakyIntegrator> disposed = trainer;

        Should.Throw<InvalidDataException>(() => trainer.LoadCheckpoint(Path)).Message.ShouldContain("the file is no checkpoint: its format is \"pt\"");
        Should.Throw<FileNotFoundException>(() => trainer.LoadCheckpoint(Path + "x"));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_one_before()
    {
        Write();
        byte[] before = File.ReadAllBytes(Path);
        (_, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using Trainer<LeakyIntegrator> disposed = trainer;
        Directory.CreateDirectory(System.IO.Path.Join(_folder, ".run.checkpoint.tmp"));

        Should.Throw<Exception>(() => trainer.SaveCheckpoint(Path)).ShouldBeAssignableTo<SystemException>();

        File.ReadAllBytes(Path).ShouldBe(before);
    }

    /// <summary>Writes the checkpoint of a run after its second batch.</summary>
    /// <returns>What it is over.</returns>
    private TrainingSequence[] Write()
    {
        TrainingSequence[] sequences = Sequences(6, LeakyIntegrator.Create(seed: 3));
        (_, Trainer<LeakyIntegrator> trainer) = Make(Options);
        using (trainer)
        {
            trainer.Train(sequences, new Listener(report =>
            {
                if (report is { Epoch: 2, Batch: 2 })
                {
                    trainer.SaveCheckpoint(Path);
                }
            }));
        }

        return sequences;
    }

    private static (LeakyIntegrator Network, Trainer<LeakyIntegrator> Trainer) Make(TrainingOptions options)
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 2);
        return (network, new Trainer<LeakyIntegrator>(network, new MeanSquaredErrorLoss(), options));
    }
}
