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

        Loss.Compute([1, 2, 3, 4], 2, new TrainingSequence(default, new float[] { 0, 2, 5, 1 }), gradients).ShouldBe((1 + 0 + 4 + 9) / 4.0);

        gradients.ShouldBe([0.5f, 0, -1, 1.5f]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(20, 5)]
    public void The_gradient_is_that_of_finite_differences(int steps, int size)
    {
        float[] outputs = Numbers.Random(steps * size, seed: 1);
        float[] targets = Numbers.Random(steps * size, seed: 2);
        float[] gradients = new float[steps * size];
        Loss.Compute(outputs, steps, new TrainingSequence(default, targets), gradients);

        double Value(double[] y)
        {
            double sum = 0;
            for (int i = 0; i < y.Length; i++)
            {
                sum += Math.Pow(y[i] - targets[i], 2);
            }

            return sum / y.Length;
        }

        Numbers.ShouldBeGradientOf(gradients, Value, outputs);
    }
}
