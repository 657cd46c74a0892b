using System;
using System.Collections.Generic;
using System.Linq;
using Edge;
using Recurrent.Tests.Training;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

/// <summary>Looking into a network that the generator has made, by its class.</summary>
public class InspectionTests
{
    private const int Steps = 12;

    [Fact]
    public void Gradients_of_a_generated_network_are_found_right()
    {
        using Policy policy = Policy.Create(seed: 1);
        TrainingSequence sequence = new(Numbers.Random(2 * Steps, seed: 1), Numbers.Random(Steps, seed: 2));

        IReadOnlyList<GradientError> errors = GradientCheck.Run(policy, new MeanSquaredErrorLoss(), sequence);

        errors.Count.ShouldBe(Policy.Parameters.Length + 2);
        errors.Where(error => error.RelativeError > 2e-3).ShouldBeEmpty();
    }

    [Fact]
    public void Norms_of_state_gradients_are_those_that_the_backward_pass_gives_from_each_step_on()
    {
        using Policy policy = Policy.Create(seed: 1);
        float[] inputs = Numbers.Random(2 * Steps, seed: 1);
        float[] outputGradients = new float[Steps];
        outputGradients[^1] = 1;

        double[] norms = GradientFlow.StateNorms(policy, inputs, outputGradients);

        norms.Length.ShouldBe(Steps + 1);
        norms[Steps].ShouldBe(0);
        float[] state = new float[Policy.StateSize];
        float[] output = new float[1];
        for (int t = 0; t < Steps; t++)
        {
            float[] gradient = new float[Policy.StateSize];
            float[] tape = new float[Policy.TapeSize(Steps - t)];
            policy.Forward(inputs.AsSpan(2 * t), [.. state], new float[Steps - t], tape);
            policy.Backward(outputGradients.AsSpan(t), gradient, tape, new float[Policy.ParameterCount], []);
            double wanted = Math.Sqrt(gradient.Sum(value => (double)value * value));
            norms[t].ShouldBe(wanted, 1e-5 * wanted);
            policy.Step(inputs.AsSpan(2 * t, 2), state, output);
        }

        norms[0].ShouldBeLessThan(norms[Steps - 1]);
    }

    [Fact]
    public void Norms_are_told_of_gradients_whose_squares_are_too_small_for_a_float()
    {
        using Policy policy = Policy.Create(seed: 1);
        float[] inputs = Numbers.Random(2 * Steps, seed: 1);
        float[] outputGradients = new float[Steps];
        outputGradients[^1] = 1;
        double[] norms = GradientFlow.StateNorms(policy, inputs, outputGradients);
        outputGradients[^1] = 1e-25f;

        double[] vanishing = GradientFlow.StateNorms(policy, inputs, outputGradients);

        for (int t = 0; t < Steps; t++)
        {
            vanishing[t].ShouldBe(1e-25 * norms[t], 1e-30 * norms[t]);
        }
    }

    [Fact]
    public void The_gates_of_a_gru_are_on_the_tape_and_give_its_next_state()
    {
        using Policy policy = Policy.Create(seed: 1);
        float[] inputs = Numbers.Random(2 * Steps, seed: 1);
        float[] state = new float[Policy.StateSize];
        float[] tape = new float[Policy.TapeSize(Steps)];
        policy.Forward(inputs, state, new float[Steps], tape);
        Dictionary<string, TapeValue> values = Policy.TapeValues.ToArray().ToDictionary(value => value.Name);

        float[] h = new float[Policy.StateSize];
        for (int t = 0; t < Steps; t++)
        {
            ReadOnlySpan<float> z = values["gru0.z"].In(tape, Steps, t);
            ReadOnlySpan<float> n = values["gru0.n"].In(tape, Steps, t);
            for (int i = 0; i < h.Length; i++)
            {
                h[i] = ((1 - z[i]) * n[i]) + (z[i] * h[i]);
            }
        }

        for (int i = 0; i < h.Length; i++)
        {
            h[i].ShouldBe(state[i], 1e-5f);
        }
    }

    [Fact]
    public void Statistics_tell_gates_that_are_shut_from_gates_that_are_not()
    {
        float[] parameters = new float[Policy.ParameterCount];
        TensorInfo bias = Policy.Parameters.ToArray().Single(tensor => tensor.Name == "gru0.bias_ih_l0");
        parameters.AsSpan(bias.Offset + 16, 16).Fill(-10);
        using Policy policy = Policy.Create(parameters);

        Dictionary<string, ValueStatistics> statistics = ValueStatistics.Measure(policy, Numbers.Random(2 * Steps, seed: 1)).ToDictionary(row => row.Name);

        statistics["gru0.r"].ShouldBe(new ValueStatistics("gru0.r", 0.5, 0, 0.5, 0.5, 0));
        statistics["gru0.z"].Mean.ShouldBe(1 / (1 + Math.Exp(10)), 1e-8);
        statistics["gru0.z"].Saturation.ShouldBe(1);
        statistics["gru0.n"].Saturation.ShouldBe(0);
        statistics["gru0.z"].ToString().ShouldBe("gru0.z: mean 0.000, deviation 0.000, 0.000 to 0.000, 100.0% saturated");
    }

    [Fact]
    public void The_table_of_the_tape_covers_it_without_gaps()
    {
        float[] tape = new float[Policy.TapeSize(3)];
        int covered = 0;
        foreach (TapeValue value in Policy.TapeValues)
        {
            covered += 3 * value.Length;
            value.In(tape, 3, 2).Length.ShouldBe(value.Length);
        }

        covered.ShouldBe(tape.Length);
    }
}
