using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

public class ParameterGroupTests
{
    private static readonly TensorInfo[] Tensors = Parameters.Of(("gru0.weight", new(3, 2)), ("gru0.bias", new(3)), ("dense1.weight", new(2, 3)), ("dense1.bias", new(2)));

    [Fact]
    public void A_group_has_a_learning_rate_and_a_decay_of_its_own()
    {
        AdamWOptions options = new()
        {
            WeightDecay = 0.5,
            Groups =
            [
                new(tensor => tensor.Name == "dense1.weight") { LearningRateFactor = 2 },
                new(tensor => tensor.Name.StartsWith("dense1.", StringComparison.Ordinal)) { WeightDecay = 0.25, LearningRateFactor = 4 },
            ],
        };

        // Without gradients, decay alone moves: 1 - rate * factor * decay.
        Decayed(options).ShouldBe([.. Enumerable.Repeat(0.95f, 9), .. Enumerable.Repeat(0.9f, 6), 0.9f, 0.9f]);
    }

    [Fact]
    public void Biases_can_be_kept_from_decaying_in_one_word()
    {
        AdamWOptions options = new() { WeightDecay = 0.5, DecayBiases = false };

        Decayed(options).ShouldBe([.. Enumerable.Repeat(0.95f, 6), 1, 1, 1, .. Enumerable.Repeat(0.95f, 6), 1, 1]);
    }

    [Fact]
    public void A_group_decides_for_its_biases_whatever_holds_for_others()
    {
        AdamWOptions options = new() { WeightDecay = 0.5, DecayBiases = false, Groups = [new(tensor => tensor.Name == "gru0.bias") { WeightDecay = 1 }] };

        Decayed(options).ShouldBe([.. Enumerable.Repeat(0.95f, 6), 0.9f, 0.9f, 0.9f, .. Enumerable.Repeat(0.95f, 6), 1, 1]);
    }

    [Fact]
    public void A_group_that_contains_nothing_is_refused_with_its_place()
    {
        AdamOptions options = new() { Groups = [new(tensor => tensor.Shape.Rank == 1), new(tensor => tensor.Name == "dense1.bias")] };

        Should.Throw<ArgumentException>(() => options.Create(Tensors, 0.1)).Message
            .ShouldStartWith("Groups[1] contains none of the 4 tensors that no group before it contains; at least one is wanted.");
    }

    [Fact]
    public void Tensors_that_leave_a_gap_are_refused()
    {
        Should.Throw<ArgumentException>(() => new AdamOptions().Create([Tensors[0], Tensors[2]], 0.1)).Message
            .ShouldStartWith("dense1.weight begins at 9; 6 is wanted, where the tensors before it end.");
    }

    private static float[] Decayed(OptimizerOptions options)
    {
        float[] parameters = [.. Enumerable.Repeat(1f, 17)];
        options.Create(Tensors, 0.1).Step(new float[17], parameters);
        return parameters;
    }
}
