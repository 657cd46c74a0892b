using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Inspection;

public class GradientCheckTests
{
    private static readonly TrainingSequence Sequence = new(Numbers.Random(10, seed: 1), Numbers.Random(15, seed: 2));

    [Fact]
    public void Right_gradients_are_right_in_every_tensor_and_in_inputs_and_state()
    {
        using LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);

        IReadOnlyList<GradientError> errors = GradientCheck.Run(network, new MeanSquaredErrorLoss(), Sequence);

        errors.Select(error => error.Name).ShouldBe(["a", "w", "v", "b", "inputs", "state"]);
        errors.ShouldAllBe(error => error.RelativeError < 1e-3 && error.Scale > 1e-3);
    }

    [Fact]
    public void A_loss_whose_gradient_is_wrong_in_one_output_is_found_with_the_tensors_and_the_elements_that_it_reaches()
    {
        using LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);

        IReadOnlyList<GradientError> errors = GradientCheck.Run(network, new HalfWrongLoss(), Sequence);

        GradientError bias = errors.Single(error => error.Name == "b");
        bias.Index.ShouldBe(1);
        bias.RelativeError.ShouldBeGreaterThan(0.05);
        bias.Gradient.ShouldBe(2 * bias.Difference, 1e-3 * bias.Scale);
        bias.ToString().ShouldStartWith("b: ");
        errors.Single(error => error.Name == "v").Index.ShouldBe(1);
    }

    [Fact]
    public void The_network_has_its_parameters_afterwards_also_where_it_refuses_what_it_is_given()
    {
        using LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);
        float[] before = new float[9];
        network.CopyParametersTo(before);
        float[] after = new float[9];

        GradientCheck.Run(network, new MeanSquaredErrorLoss(), Sequence);
        network.CopyParametersTo(after);
        after.ShouldBe(before);

        network.Refused = Sequence.Inputs.Span[3];
        Should.Throw<ArgumentException>(() => GradientCheck.Run(network, new MeanSquaredErrorLoss(), Sequence));
        network.CopyParametersTo(after);
        after.ShouldBe(before);
    }

    [Fact]
    public void A_sequence_that_does_not_fit_is_refused()
    {
        using LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);

        Should.Throw<ArgumentException>(() => GradientCheck.Run(network, new MeanSquaredErrorLoss(), new TrainingSequence(new float[3], new float[3]))).Message
            .ShouldStartWith("The sequence has 3 inputs; a multiple of 2 is wanted, at least one time step.");
        Should.Throw<ArgumentException>(() => GradientCheck.Run(network, new MeanSquaredErrorLoss(), new TrainingSequence(new float[4], new float[3]))).Message
            .ShouldStartWith("The sequence has 3 targets;");
    }

    [Fact]
    public void Few_elements_are_tried_where_few_are_asked_for_and_inputs_where_they_are()
    {
        using LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);

        IReadOnlyList<GradientError> errors = GradientCheck.Run(
            network, new HalfWrongLoss(), Sequence, new GradientCheckOptions { MostElements = 1, Inputs = false });

        errors.Select(error => error.Name).ShouldBe(["a", "w", "v", "b", "state"]);
        errors.Single(error => error.Name == "b").Index.ShouldBe(0);
    }

    /// <summary>Half the squared error, whose gradient is twice what it should be in the second of three outputs.</summary>
    private sealed class HalfWrongLoss : Loss
    {
        protected override double Score(in ScoredSteps scored, Span<float> gradients)
        {
            double sum = 0;
            for (int i = 0; i < gradients.Length; i++)
            {
                float difference = scored.Outputs[i] - scored.Targets[i];
                sum += 0.5 * difference * difference;
                gradients[i] = i % 3 == 1 ? 2 * difference : difference;
            }

            return sum;
        }

        protected override string? Mismatch(in TrainingSequence sequence, int scoredSteps, int outputSize) => null;
    }
}
