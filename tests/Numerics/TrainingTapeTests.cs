using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Generated networks whose sequences are longer than the tape may be, or are cut into windows.</summary>
public class TrainingTapeTests
{
    private const int Steps = 150;

    public static TheoryData<string> Several => new("NamedRecurrent", "SmallLstm0", "StackedGru", "StackedConvolution");

    [Theory]
    [MemberData(nameof(Several))]
    public void Segments_give_the_gradients_of_the_whole_within_rounding(string name)
    {
        CompiledNetwork network = Get(name);
        int step = network.Class.TapeSize(1);
        double[] whole = Losses(network, new TrainingOptions { LearningRate = 0.01 });

        foreach (int steps in (ReadOnlySpan<int>)[20, 70])
        {
            long bytes = sizeof(float) * (((long)step * steps) + (network.Class.StateSize * ((Steps / steps) + 1)));
            double[] segments = Losses(network, new TrainingOptions { LearningRate = 0.01, TapeBytes = bytes });
            segments[0].ShouldBe(whole[0]);
            for (int i = 1; i < whole.Length; i++)
            {
                segments[i].ShouldBe(whole[i], 1e-4 * whole[i]);
            }
        }
    }

    [Fact]
    public void A_network_with_a_layer_that_runs_in_reverse_is_not_run_in_parts()
    {
        CompiledNetwork network = AroundLayers.Get("Mixed");

        Should.Throw<ArgumentException>(() => network.Class.Train(seed: 1, new TrainingOptions { TruncatedSteps = 10 })).Message
            .ShouldStartWith("TruncatedSteps is set, and Mixed does not run step after step, for it has a layer that runs in reverse or is an encoder and a decoder: its sequences cannot be cut into windows.");
        using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions { TapeBytes = 1000 });
        Should.Throw<ArgumentException>(() => trainer.TrainBatch([Sequence(network)])).Message
            .ShouldContain("1000 are allowed, and a network with a layer that runs in reverse, or an encoder with its decoder, cannot be run in parts.");
    }

    private static double[] Losses(CompiledNetwork network, TrainingOptions options)
    {
        TrainingSequence sequence = Sequence(network);
        using NetworkTrainer trainer = network.Class.Train(seed: 1, options);
        return [.. Enumerable.Range(0, 6).Select(_ => trainer.TrainBatch([sequence]))];
    }

    private static TrainingSequence Sequence(CompiledNetwork network) => new(
        CompiledNetwork.Numbers(Steps * network.Class.InputSize, 1), CompiledNetwork.Numbers(Steps * network.Class.OutputSize, 2));

    private static CompiledNetwork Get(string name) =>
        AroundLayers.All.Any(network => network.Name == name) ? AroundLayers.Get(name) : Networks.Get(name);
}
