using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

/// <summary>Reads one number, and writes one.</summary>
[Network(Input = 1)]
[Lstm(8)]
[Dense(1)]
internal sealed partial class LongListener;

/// <summary>A sequence whose tape is larger than what may be used for it.</summary>
public class LongSequenceTests
{
    private const int Steps = 100_000;
    private const int TapeBytes = 1 << 20;

    private static readonly TrainingSequence[] Batch = [new(Numbers.Random(Steps, seed: 1), Numbers.Random(Steps, seed: 2))];

    [Fact]
    public void A_hundred_thousand_time_steps_train_in_a_bounded_buffer_to_the_same_weights()
    {
        (4L * LongListener.TapeSize(Steps)).ShouldBeGreaterThan(10 * TapeBytes);
        long before = GC.GetAllocatedBytesForCurrentThread();

        float[] weights = Trained(TapeBytes);

        // The outputs and their gradients, as many as the inputs, are beside the tape.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(TapeBytes + (2 * 4 * Steps) + 100_000);
        float[] whole = Trained(null);
        float[] start = Trained(TapeBytes, batches: 0);
        for (int i = 0; i < weights.Length; i++)
        {
            double moved = (double)whole[i] - start[i];
            moved.ShouldNotBe(0);
            ((double)weights[i] - start[i]).ShouldBe(moved, 1e-3 * Math.Abs(moved) + 1e-6);
        }
    }

    [Fact]
    public void A_step_in_segments_allocates_nothing()
    {
        using LongListener network = LongListener.Create(seed: 3);
        using Trainer<LongListener> trainer = new(network, new MeanSquaredErrorLoss(), new TrainingOptions { TapeBytes = TapeBytes });
        trainer.TrainBatch(Batch);
        long before = GC.GetAllocatedBytesForCurrentThread();

        trainer.TrainBatch(Batch);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static float[] Trained(long? tapeBytes, int batches = 1)
    {
        using LongListener network = LongListener.Create(seed: 3);
        TrainingOptions options = new() { Optimizer = new SgdOptions(), LearningRate = 0.1, ClipNorm = double.PositiveInfinity, TapeBytes = tapeBytes };
        using Trainer<LongListener> trainer = new(network, new MeanSquaredErrorLoss(), options);
        for (int batch = 0; batch < batches; batch++)
        {
            trainer.TrainBatch(Batch);
        }

        float[] weights = new float[LongListener.ParameterCount];
        network.CopyParametersTo(weights);
        return weights;
    }
}
