using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

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
        Adam adam = new(Count, learningRate, beta1, beta2, epsilon);

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

        new Adam(1, 0.01, epsilon: 0).Step([gradient], parameters);

        parameters[0].ShouldBe(-0.01f * MathF.Sign(gradient), 1e-8f);
    }

    [Fact]
    public void Epsilon_stands_beside_the_root_after_its_correction()
    {
        float[] parameters = [0];

        // |g| = epsilon: the corrected root equals epsilon, so that the step is half the learning rate. Beside the uncorrected root, it would be 0.03 of it.
        new Adam(1, 1, epsilon: 1e-3).Step([1e-3f], parameters);

        parameters[0].ShouldBe(-0.5f, 1e-5f);
    }

    [Fact]
    public void A_parameter_whose_gradient_is_0_stays_and_one_whose_gradient_ceases_coasts()
    {
        Adam adam = new(2, 0.1);
        float[] parameters = [1, 1];
        adam.Step([0, 1], parameters);
        float after = parameters[1];

        adam.Step([0, 0], parameters);

        parameters[0].ShouldBe(1);
        parameters[1].ShouldBeLessThan(after);
    }

    [Fact]
    public void The_learning_rate_counts_from_the_next_step_on()
    {
        Adam adam = new(1, 0.1);
        float[] parameters = [0];
        adam.Step([1], parameters);
        parameters[0].ShouldBe(-0.1f, 1e-6f);

        adam.LearningRate = 0.5;
        adam.Step([1], parameters);

        parameters[0].ShouldBe(-0.6f, 1e-6f);
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(4999)]
    public void Every_parameter_moves_as_if_it_were_alone(int count)
    {
        Adam adam = new(count);
        float[] parameters = Numbers.Random(count, seed: 1);
        float[] alone = [parameters[0], parameters[count / 2], parameters[count - 1]];
        Adam small = new(3);
        for (int k = 0; k < 3; k++)
        {
            float[] gradients = Numbers.Random(count, seed: k);
            adam.Step(gradients, parameters);
            small.Step([gradients[0], gradients[count / 2], gradients[count - 1]], alone);
        }

        // Vectors and their tails may round differently.
        parameters[0].ShouldBe(alone[0], 1e-6f);
        parameters[count / 2].ShouldBe(alone[1], 1e-6f);
        parameters[count - 1].ShouldBe(alone[2], 1e-6f);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Adam adam = new(5000);
        float[] gradients = Numbers.Random(5000, seed: 1);
        float[] parameters = new float[5000];
        adam.Step(gradients, parameters);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int k = 0; k < 100; k++)
        {
            adam.Step(gradients, parameters);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(2, 3, "gradients")]
    [InlineData(3, 4, "parameters")]
    public void A_length_that_does_not_fit_is_refused(int gradients, int parameters, string name)
    {
        Adam adam = new(3);

        ArgumentException error = Should.Throw<ArgumentException>(() => adam.Step(new float[gradients], new float[parameters]));

        error.ParamName.ShouldBe(name);
        error.Message.ShouldContain("3 are wanted");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2999)]
    public void Parameters_that_overlap_their_gradients_are_refused_before_anything_is_written(int distance)
    {
        float[] memory = Numbers.Random(6000, seed: 1);
        float[] before = [.. memory];

        ArgumentException error = Should.Throw<ArgumentException>(() => new Adam(3000).Step(memory.AsSpan(0, 3000), memory.AsSpan(distance, 3000)));

        error.ParamName.ShouldBe("parameters");
        error.Message.ShouldStartWith("parameters overlaps gradients; memory of its own is wanted.");
        memory.ShouldBe(before);
        new Adam(3000).Step(memory.AsSpan(0, 3000), memory.AsSpan(3000));
        memory[..3000].ShouldBe(before[..3000]);
        memory[3000..].ShouldNotBe(before[3000..]);
    }

    [Theory]
    [InlineData(-1, 0.1, 0.9, 0.9, 1e-8, "parameterCount is -1; at least 0 is wanted.")]
    [InlineData(1, -0.1, 0.9, 0.9, 1e-8, "learningRate is -0.1; a finite number of at least 0 is wanted.")]
    [InlineData(1, double.NaN, 0.9, 0.9, 1e-8, "learningRate is NaN; a finite number of at least 0 is wanted.")]
    [InlineData(1, 0.1, 1, 0.9, 1e-8, "beta1 is 1; at least 0 and below 1 is wanted.")]
    [InlineData(1, 0.1, 0.9, -0.5, 1e-8, "beta2 is -0.5; at least 0 and below 1 is wanted.")]
    [InlineData(1, 0.1, 0.9, 0.9, double.PositiveInfinity, "epsilon is Infinity; a finite number of at least 0 is wanted.")]
    public void A_setting_outside_its_range_is_refused(int count, double learningRate, double beta1, double beta2, double epsilon, string message)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => new Adam(count, learningRate, beta1, beta2, epsilon));

        error.Message.ShouldStartWith(message);
        message.ShouldStartWith(FormattableString.Invariant($"{error.ParamName} is {error.ActualValue};"));
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
