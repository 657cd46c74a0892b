using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>What holds for every optimiser.</summary>
public class OptimizerTests
{
    public static TheoryData<OptimizerOptions> All => new()
    {
        new AdamOptions(),
        new AdamOptions { AmsGrad = true, WeightDecay = 0.1 },
        new AdamWOptions { WeightDecay = 0.1 },
        new SgdOptions { WeightDecay = 0.1 },
        new SgdOptions { Momentum = 0.9, Dampening = 0.1 },
        new SgdOptions { Momentum = 0.9, Nesterov = true },
        new RmsPropOptions { WeightDecay = 0.1 },
        new RmsPropOptions { Centered = true },
        new RmsPropOptions { Centered = true, Momentum = 0.5 },
        new LionOptions { WeightDecay = 0.1 },
        new SignDescentOptions(),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Every_parameter_moves_as_if_it_were_alone(OptimizerOptions options)
    {
        foreach (int count in (int[])[1, 1023, 1024, 1025, 4999])
        {
            Optimizer optimizer = options.Create(Parameters.Vector(count), 1e-3);
            Optimizer small = options.Create(Parameters.Vector(3), 1e-3);
            float[] parameters = Numbers.Random(count, seed: 1);
            float[] alone = [parameters[0], parameters[count / 2], parameters[count - 1]];
            for (int k = 0; k < 3; k++)
            {
                float[] gradients = Numbers.Random(count, seed: k);
                optimizer.Step(gradients, parameters);
                small.Step([gradients[0], gradients[count / 2], gradients[count - 1]], alone);
            }

            // Vectors and their tails may round differently.
            parameters[0].ShouldBe(alone[0], 1e-6f);
            parameters[count / 2].ShouldBe(alone[1], 1e-6f);
            parameters[count - 1].ShouldBe(alone[2], 1e-6f);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_learning_rate_counts_from_the_next_step_on(OptimizerOptions options)
    {
        Optimizer optimizer = (options with { WeightDecay = 0 }).Create(Parameters.Vector(1), 0);
        float[] parameters = [1];
        optimizer.Step([1], parameters);
        parameters.ShouldBe([1]);

        optimizer.LearningRate = 0.5;
        optimizer.Step([1], parameters);

        optimizer.LearningRate.ShouldBe(0.5);
        parameters[0].ShouldBeLessThan(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_step_and_its_state_allocate_nothing(OptimizerOptions options)
    {
        Optimizer optimizer = options.Create(Parameters.Vector(5000), 1e-3);
        float[] gradients = Numbers.Random(5000, seed: 1);
        float[] parameters = new float[5000];
        byte[] state = new byte[optimizer.StateSize];
        optimizer.Step(gradients, parameters);
        optimizer.SaveState(state);
        optimizer.LoadState(state);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int k = 0; k < 100; k++)
        {
            optimizer.Step(gradients, parameters);
            optimizer.SaveState(state);
            optimizer.LoadState(state);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void From_a_saved_state_another_optimizer_goes_on_with_the_same_bits(OptimizerOptions options)
    {
        TensorInfo[] tensors = Parameters.Vector(1500);
        Optimizer uninterrupted = options.Create(tensors, 1e-2);
        float[] wanted = Numbers.Random(1500, seed: 1);
        for (int k = 0; k < 7; k++)
        {
            uninterrupted.Step(Numbers.Random(1500, seed: k), wanted);
        }

        uninterrupted.LearningRate = 3e-3;
        byte[] state = new byte[uninterrupted.StateSize];
        uninterrupted.SaveState(state);
        float[] resumed = [.. wanted];
        Optimizer other = options.Create(tensors, 1);
        other.Step(Numbers.Random(1500, seed: 99), new float[1500]);

        other.LoadState(state);

        other.Steps.ShouldBe(7);
        other.LearningRate.ShouldBe(3e-3);
        for (int k = 7; k < 12; k++)
        {
            uninterrupted.Step(Numbers.Random(1500, seed: k), wanted);
            other.Step(Numbers.Random(1500, seed: k), resumed);
        }

        resumed.ShouldBe(wanted);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Frozen_tensors_and_those_of_a_group_whose_factor_is_0_are_left_as_they_are(OptimizerOptions options)
    {
        TensorInfo[] tensors = Parameters.Of(("w", new(4, 5)), ("frozen", new(3, 2)), ("b", new(7)), ("still", new(2, 2)));
        tensors[1] = tensors[1] with { IsFrozen = true };
        Optimizer optimizer = (options with { Groups = [new(tensor => tensor.Name == "still") { LearningRateFactor = 0 }] }).Create(tensors, 0.1);
        float[] start = Numbers.Random(optimizer.ParameterCount, seed: 1);
        float[] parameters = [.. start];

        optimizer.Step(Numbers.Random(parameters.Length, seed: 2), parameters);

        bool[] hasMoved = [.. parameters.Zip(start, (now, before) => now != before)];
        hasMoved.ShouldBe([.. Enumerable.Repeat(true, 20), .. Enumerable.Repeat(false, 6), .. Enumerable.Repeat(true, 7), .. Enumerable.Repeat(false, 4)]);
    }

    [Theory]
    [InlineData(2, 3, "gradients")]
    [InlineData(3, 4, "parameters")]
    public void A_length_that_does_not_fit_is_refused(int gradients, int parameters, string name)
    {
        Optimizer optimizer = new AdamOptions().Create(Parameters.Vector(3), 1e-3);

        ArgumentException error = Should.Throw<ArgumentException>(() => optimizer.Step(new float[gradients], new float[parameters]));

        error.ParamName.ShouldBe(name);
        error.Message.ShouldContain("3 are wanted");
        optimizer.Steps.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2999)]
    public void Parameters_that_overlap_their_gradients_are_refused_before_anything_is_written(int distance)
    {
        float[] memory = Numbers.Random(6000, seed: 1);
        float[] before = [.. memory];
        Optimizer optimizer = new AdamOptions().Create(Parameters.Vector(3000), 1e-3);

        ArgumentException error = Should.Throw<ArgumentException>(() => optimizer.Step(memory.AsSpan(0, 3000), memory.AsSpan(distance, 3000)));

        error.ParamName.ShouldBe("parameters");
        error.Message.ShouldStartWith("parameters overlaps gradients; memory of its own is wanted.");
        memory.ShouldBe(before);
        optimizer.Step(memory.AsSpan(0, 3000), memory.AsSpan(3000));
        memory[..3000].ShouldBe(before[..3000]);
        memory[3000..].ShouldNotBe(before[3000..]);
    }

    [Fact]
    public void A_state_of_another_length_or_of_another_kind_is_refused_and_changes_nothing()
    {
        Optimizer adam = new AdamOptions().Create(Parameters.Vector(3), 1e-3);
        Optimizer wider = new AdamOptions().Create(Parameters.Vector(4), 1e-3);
        Optimizer other = new SignDescentOptions().Create(Parameters.Vector(6), 1e-3);
        byte[] adams = Saved(adam);
        adam.Step([1, 2, 3], new float[3]);
        byte[] before = Saved(adam);

        Should.Throw<ArgumentException>(() => adam.SaveState(new byte[7])).Message
            .ShouldStartWith("The state has 7 bytes; 48 are wanted for 2 floats for each of 3 parameters.");
        Should.Throw<ArgumentException>(() => adam.LoadState(Saved(wider))).Message.ShouldStartWith("The state has 56 bytes; 48 are wanted");
        Should.Throw<ArgumentException>(() => adam.LoadState(Saved(other))).Message.ShouldStartWith("The state is that of \"sign\"; one of \"adam\" is wanted.");
        adams[15] = 0x80;
        Should.Throw<ArgumentException>(() => adam.LoadState(adams)).Message.ShouldContain("at least 0 and finite are wanted");
        Saved(adam).ShouldBe(before);
    }

    private static byte[] Saved(Optimizer optimizer)
    {
        byte[] state = new byte[optimizer.StateSize];
        optimizer.SaveState(state);
        return state;
    }
}
