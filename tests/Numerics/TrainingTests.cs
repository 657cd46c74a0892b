using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>A generated network and the trainer together.</summary>
[Collection(nameof(AllocationTests))]
public class TrainingTests
{
    private const int Steps = 12;

    public static TheoryData<string> Several => new(Networks.Small.Concat(Networks.Stacks).Select(network => network.Name));

    /// <summary>One network of each kind of layer, and those of several layers that end in one which can give any number.</summary>
    public static TheoryData<string> Learners => new("SmallRnn0", "SmallGru0", "SmallLstm0", "NamedRecurrent", "NamedEmbedding");

    [Theory]
    [MemberData(nameof(Several))]
    public void A_training_step_allocates_nothing(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        TrainingSequence[] batch = Batch(network);
        using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions());
        trainer.TrainBatch(batch);
        trainer.TrainBatch(batch);

        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.TrainBatch(batch);
        trainer.TrainBatch(batch);
        trainer.TrainBatch(batch);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void The_loss_falls_where_there_is_something_to_learn(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        TrainingSequence[] batch = Batch(network);
        using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions { LearningRate = 0.02 });

        double first = trainer.TrainBatch(batch);
        for (int step = 0; step < 200; step++)
        {
            trainer.TrainBatch(batch);
        }

        first.ShouldBeGreaterThan(0.02);
        trainer.Evaluate(batch).ShouldBeLessThan(first / 10);
    }

    /// <summary>What the same network with other weights gives, so that the task can be solved.</summary>
    private static TrainingSequence[] Batch(CompiledNetwork network)
    {
        using Network teacher = network.Class.Create(network.Parameters());
        return [.. Enumerable.Range(0, 3).Select(seed =>
        {
            float[] inputs = network.Inputs(Steps, seed);
            float[] outputs = new float[Steps * network.Class.OutputSize];
            teacher.Run(inputs, new float[network.Class.StateSize], outputs);
            return new TrainingSequence(inputs, outputs);
        })];
    }
}
