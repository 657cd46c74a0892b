using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>libtorch has no Lion: it is held to algorithm 2 of Chen et al., 2023, in double precision.</summary>
public class LionTests
{
    [Theory]
    [InlineData(0.01, 0.9, 0.99, 0)]
    [InlineData(0.003, 0.95, 0.98, 0.3)]
    [InlineData(0.1, 0, 0, 0.1)]
    public void A_hundred_steps_follow_the_papers_algorithm(double learningRate, double beta1, double beta2, double decay)
    {
        float[] parameters = OptimizerCase.Start();
        float[] gradients = new float[parameters.Length];
        double[] wanted = Array.ConvertAll(parameters, value => (double)value);
        double[] mean = new double[parameters.Length];
        Optimizer lion = new LionOptions { Beta1 = beta1, Beta2 = beta2, WeightDecay = decay }.Create(OptimizerCase.Parameters, learningRate);

        for (int step = 1; step <= OptimizerCase.Steps; step++)
        {
            OptimizerCase.Gradients(step, gradients);
            lion.Step(gradients, parameters);
            for (int i = 0; i < wanted.Length; i++)
            {
                double direction = Math.Sign((beta1 * mean[i]) + ((1 - beta1) * gradients[i]));
                wanted[i] -= learningRate * (direction + (decay * wanted[i]));
                mean[i] = (beta2 * mean[i]) + ((1 - beta2) * gradients[i]);

                // A float's 1 - rate * decay is off by up to 3e-8, in every one of the steps.
                ((double)parameters[i]).ShouldBe(wanted[i], 5e-6, $"parameter {i} after step {step}");
            }
        }
    }

    [Fact]
    public void A_parameter_without_gradient_stays_and_one_with_the_smallest_moves_by_the_whole_rate()
    {
        float[] parameters = [1, 1, 1];

        new LionOptions().Create(Parameters.Vector(3), 0.25).Step([0, 1e-37f, -1e30f], parameters);

        parameters.ShouldBe([1, 0.75f, 1.25f]);
    }

    [Fact]
    public void A_gradient_that_is_no_number_gives_parameters_that_are_none()
    {
        float[] parameters = [1, 1];

        new LionOptions().Create(Parameters.Vector(2), 0.25).Step([float.NaN, 1], parameters);

        parameters.ShouldBe([float.NaN, 0.75f]);
    }
}
