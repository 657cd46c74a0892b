using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>A generated network that is trained by several threads.</summary>
[Collection(nameof(AllocationTests))]
public class TrainingThreadTests
{
    private const int Sequences = 13;

    /// <summary>One with masks, one of several layers, one that needs the whole sequence.</summary>
    public static TheoryData<string> Several => new("DroppedGru", "NamedRecurrent", "Mixed");

    [Theory]
    [MemberData(nameof(Several))]
    public void No_bit_depends_on_the_number_of_threads(string name)
    {
        CompiledNetwork network = Get(name);

        (float[] Parameters, double[] Losses) one = Train(network, threads: 1, groupSize: 3);

        foreach (int threads in (ReadOnlySpan<int>)[2, 3, 8])
        {
            (float[] Parameters, double[] Losses) several = Train(network, threads, groupSize: 3);
            several.Parameters.ShouldBe(one.Parameters);
            several.Losses.ShouldBe(one.Losses);
        }
    }

    [Fact]
    public void Groups_of_any_size_give_the_same_gradients_within_rounding()
    {
        CompiledNetwork network = Get("NamedRecurrent");
        (float[] Parameters, double[] Losses) whole = Train(network, threads: 1, groupSize: Sequences);

        foreach (int groupSize in (ReadOnlySpan<int>)[1, 2, 5])
        {
            (float[] Parameters, double[] Losses) cut = Train(network, threads: 2, groupSize);
            for (int i = 0; i < cut.Losses.Length; i++)
            {
                cut.Losses[i].ShouldBe(whole.Losses[i], 1e-4 * Math.Abs(whole.Losses[i]));
            }
        }
    }

    [Fact]
    public void Training_steps_on_two_threads_allocate_nothing()
    {
        CompiledNetwork network = Get("NamedRecurrent");
        TrainingSequence[] batch = Batch(network);
        using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions { Threads = 2, GroupSize = 2 });
        for (int i = 0; i < 20; i++)
        {
            trainer.TrainBatch(batch);
        }

        // All threads of the process count: where something else allocates now and then, one of some attempts goes without.
        Enumerable.Range(0, 20).Select(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < 10; i++)
            {
                trainer.TrainBatch(batch);
            }

            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }).Min().ShouldBe(0);
    }

    private static (float[] Parameters, double[] Losses) Train(CompiledNetwork network, int threads, int groupSize)
    {
        TrainingSequence[] batch = Batch(network);
        using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions { Threads = threads, GroupSize = groupSize, LearningRate = 0.01 });
        double[] losses = [.. Enumerable.Range(0, 6).Select(_ => trainer.TrainBatch(batch)), trainer.Evaluate(batch)];
        return (trainer.Parameters(), losses);
    }

    private static CompiledNetwork Get(string name) =>
        RandomMasks.All.Any(network => network.Name == name) ? RandomMasks.Get(name)
        : AroundLayers.All.Any(network => network.Name == name) ? AroundLayers.Get(name)
        : Networks.Get(name);

    /// <summary>Sequences of 1 to 40 time steps.</summary>
    private static TrainingSequence[] Batch(CompiledNetwork network) =>
    [
        .. Enumerable.Range(0, Sequences).Select(i =>
        {
            int steps = 1 + (3 * i);
            return new TrainingSequence(
                CompiledNetwork.Numbers(steps * network.Class.InputSize, i), CompiledNetwork.Numbers(steps * network.Class.OutputSize, 100 + i));
        }),
    ];
}
