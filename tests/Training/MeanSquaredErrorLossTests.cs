using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

public class MeanSquaredErrorLossTests
{
    private static readonly MeanSquaredErrorLoss Loss = new();

    [Fact]
    public void The_loss_is_the_mean_of_the_squares_and_the_gradient_2_differences_over_n()
    {
        float[] gradients = new float[4];

        Loss.Compute([1, 2, 3, 4], [0, 2, 5, 1], gradients).ShouldBe((1 + 0 + 4 + 9) / 4f);

        gradients.ShouldBe([0.5f, 0, -1, 1.5f]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void The_gradient_is_that_of_finite_differences(int length)
    {
        float[] outputs = Numbers.Random(length, seed: 1);
        float[] targets = Numbers.Random(length, seed: 2);
        float[] gradients = new float[length];
        Loss.Compute(outputs, targets, gradients);

        double Value(double[] y)
        {
            double sum = 0;
            for (int i = 0; i < length; i++)
            {
                sum += Math.Pow(y[i] - targets[i], 2);
            }

            return sum / length;
        }

        Numbers.ShouldBeGradientOf(gradients, Value, outputs);
    }

    [Fact]
    public void The_gradients_may_replace_the_outputs()
    {
        float[] outputs = Numbers.Random(37, seed: 3);
        float[] targets = Numbers.Random(37, seed: 4);
        float[] apart = new float[37];
        float loss = Loss.Compute(outputs, targets, apart);

        Loss.Compute(outputs, targets, outputs).ShouldBe(loss);

        outputs.ShouldBe(apart);
    }

    [Fact]
    public void The_gradients_may_replace_the_targets()
    {
        float[] outputs = Numbers.Random(37, seed: 3);
        float[] targets = Numbers.Random(37, seed: 4);
        float[] apart = new float[37];
        float loss = Loss.Compute(outputs, targets, apart);

        Loss.Compute(outputs, targets, targets).ShouldBe(loss);

        targets.ShouldBe(apart);
    }

    [Theory]
    [InlineData(1, 40, "outputs")]
    [InlineData(9, 40, "outputs")]
    [InlineData(40, 1, "targets")]
    [InlineData(0, 9, "targets")]
    public void Gradients_over_a_part_of_the_outputs_or_the_targets_are_refused(int outputs, int targets, string name)
    {
        float[] memory = Numbers.Random(50, seed: 5);
        float[] before = [.. memory];

        ArgumentException error = Should.Throw<ArgumentException>(
            () => Loss.Compute(memory.AsSpan(outputs, 10), memory.AsSpan(targets, 10), memory.AsSpan(0, 10)));

        error.ParamName.ShouldBe("gradients");
        error.Message.ShouldStartWith($"gradients overlaps a part of {name}; the same memory, or memory of its own, is wanted.");
        memory.ShouldBe(before);
    }

    [Theory]
    [InlineData(0, 0, 0, "outputs", "There are 0 outputs; at least 1 is wanted.")]
    [InlineData(4, 3, 4, "targets", "targets has 3 floats; 4 are wanted.")]
    [InlineData(4, 4, 5, "gradients", "gradients has 5 floats; 4 are wanted.")]
    public void A_length_that_does_not_fit_is_refused_before_anything_is_written(int outputs, int targets, int gradients, string parameter, string message)
    {
        float[] written = new float[gradients];
        Array.Fill(written, 7);

        ArgumentException error = Should.Throw<ArgumentException>(() => Loss.Compute(new float[outputs], new float[targets], written));

        error.ParamName.ShouldBe(parameter);
        error.Message.ShouldStartWith(message);
        written.ShouldAllBe(value => value == 7);
    }
}
