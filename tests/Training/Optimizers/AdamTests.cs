using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

public class AdamTests
{
    [Theory]
    [InlineData(1e-3, 0.9, 0.999, 1e-8)]
    [InlineData(0.1, 0.5, 0.9, 1e-3)]
    [InlineData(0.01, 0, 0, 0)]
    [InlineData(0.02, 0.9, 0.99, 0.5)]
    public void Steps_follow_the_sums_that_the_recurrences_unroll_to(double learningRate, double beta1, double beta2, double epsilon)
    {
        const int Steps = 12;
        const int Count = 5;
        float[] start = Numbers.Random(Count, seed: 1);
        float[] parameters = [.. start];
        float[][] gradients = new float[Steps][];
        Optimizer adam = new AdamOptions { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon }.Create(Parameters.Vector(Count), learningRate);

        for (int k = 0; k < Steps; k++)
        {
            gradients[k] = Numbers.Random(Count, seed: 100 + k);
            adam.Step(gradients[k], parameters);
            for (int i = 0; i < Count; i++)
            {
                ((double)parameters[i]).ShouldBe(Wanted(start[i], gradients, i, k, learningRate, beta1, beta2, epsilon), 2e-6, $"parameter {i} after step {k + 1}");
            }
        }
    }

    [Theory]
    [InlineData(1e-6f)]
    [InlineData(1f)]
    [InlineData(-1e6f)]
    public void The_first_step_has_the_length_of_the_learning_rate_whatever_the_gradient(float gradient)
    {
        float[] parameters = [0];

        new AdamOptions { Epsilon = 0 }.Create(Parameters.Vector(1), 0.01).Step([gradient], parameters);

        parameters[0].ShouldBe(-0.01f * MathF.Sign(gradient), 1e-8f);
    }

    [Fact]
    public void Epsilon_stands_beside_the_root_after_its_correction()
    {
        float[] parameters = [0];

        // |g| = epsilon: the corrected root equals epsilon, so that the step is half the learning rate. Beside the uncorrected root, it would be 0.03 of it.
        new AdamOptions { Epsilon = 1e-3 }.Create(Parameters.Vector(1), 1).Step([1e-3f], parameters);

        parameters[0].ShouldBe(-0.5f, 1e-5f);
    }

    [Fact]
    public void A_parameter_whose_gradient_is_0_stays_and_one_whose_gradient_ceases_coasts()
    {
        Optimizer adam = new AdamOptions().Create(Parameters.Vector(2), 0.1);
        float[] parameters = [1, 1];
        adam.Step([0, 1], parameters);
        float after = parameters[1];

        adam.Step([0, 0], parameters);

        parameters[0].ShouldBe(1);
        parameters[1].ShouldBeLessThan(after);
    }

    [Fact]
    public void With_AmsGrad_a_step_after_a_large_gradient_stays_small()
    {
        float[] forgetful = [0], cautious = [0];
        Optimizer adam = new AdamOptions { Beta2 = 0.5 }.Create(Parameters.Vector(1), 0.1);
        Optimizer amsGrad = new AdamOptions { Beta2 = 0.5, AmsGrad = true }.Create(Parameters.Vector(1), 0.1);
        foreach (float gradient in (float[])[100, .. new float[60]])
        {
            adam.Step([gradient], forgetful);
            amsGrad.Step([gradient], cautious);
        }

        (forgetful[0], cautious[0]) = (0, 0);
        adam.Step([1], forgetful);
        amsGrad.Step([1], cautious);

        forgetful[0].ShouldBeLessThan(-0.01f);
        cautious[0].ShouldBeInRange(-0.01f, 0);
    }

    /// <summary>
    /// The parameter after step k by the paper's algorithm 1, with both moments written as the weighted sums of past gradients:
    /// the recurrences of PyTorch, and the optimiser's, are the same numbers differently arranged.
    /// </summary>
    private static double Wanted(double start, float[][] gradients, int i, int k, double learningRate, double beta1, double beta2, double epsilon)
    {
        double parameter = start;
        for (int step = 0; step <= k; step++)
        {
            double mean = 0, square = 0, meanWeight = 0, squareWeight = 0;
            for (int past = 0; past <= step; past++)
            {
                double g = gradients[past][i];
                mean += Math.Pow(beta1, step - past) * g;
                meanWeight += Math.Pow(beta1, step - past);
                square += Math.Pow(beta2, step - past) * g * g;
                squareWeight += Math.Pow(beta2, step - past);
            }

            parameter -= learningRate * (mean / meanWeight) / (Math.Sqrt(square / squareWeight) + epsilon);
        }

        return parameter;
    }
}
