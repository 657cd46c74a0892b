using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

public class CrossEntropyLossTests
{
    private static readonly CrossEntropyLoss Loss = new();

    [Fact]
    public void Equal_logits_cost_the_logarithm_of_the_number_of_classes()
    {
        float[] gradients = new float[8];

        Loss.Compute([3, 3, 3, 3, -1, -1, -1, -1], 2, Classes(1, 3), gradients).ShouldBe(Math.Log(4), 1e-6);

        gradients.ShouldBe([0.125f, -0.375f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, -0.375f]);
    }

    [Theory]
    [InlineData(1, 2, 0, false)]
    [InlineData(5, 3, 0, false)]
    [InlineData(3, 40, 0, false)]
    [InlineData(5, 3, 0, true)]
    [InlineData(5, 3, 0.1, false)]
    [InlineData(4, 7, 0.3, true)]
    [InlineData(4, 7, 1, true)]
    public void The_loss_and_the_gradient_are_those_of_the_definition(int rows, int classCount, double smoothing, bool weighted)
    {
        float[] logits = Numbers.Random(rows * classCount, seed: 1);
        int[] classes = [.. Enumerable.Range(0, rows).Select(row => row == 2 ? -100 : 7 * row % classCount)];
        float[] classWeights = [.. Enumerable.Range(0, classCount).Select(index => weighted ? 0.25f * index + 0.5f : 1)];
        float[] stepWeights = [.. Enumerable.Range(0, rows).Select(row => row == 3 ? 0 : 1f + row)];
        CrossEntropyLoss loss = new() { LabelSmoothing = smoothing, IgnoredIndex = -100, ClassWeights = weighted ? classWeights : default };
        float[] gradients = new float[logits.Length];
        double value = loss.Compute(logits, rows, Classes(classes) with { StepWeights = stepWeights }, gradients);

        double Value(double[] x)
        {
            double sum = 0, divisor = 0;
            for (int row = 0; row < rows; row++)
            {
                if (classes[row] >= 0)
                {
                    double[] e = [.. x.Skip(row * classCount).Take(classCount).Select(Math.Exp)];
                    double[] costs = [.. e.Select((part, index) => -classWeights[index] * Math.Log(part / e.Sum()))];
                    sum += stepWeights[row] * ((1 - smoothing) * costs[classes[row]] + smoothing * costs.Average());
                    divisor += stepWeights[row] * classWeights[classes[row]];
                }
            }

            return sum / divisor;
        }

        value.ShouldBe(Value(Array.ConvertAll(logits, value => (double)value)), 1e-6);
        Numbers.ShouldBeGradientOf(gradients, Value, logits);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2e30)]
    [InlineData(2, 1e30)]
    public void Logits_of_any_finite_size_do_not_overflow(int target, double wanted)
    {
        float[] gradients = new float[3];

        Loss.Compute([1e30f, -1e30f, 0], 1, Classes(target), gradients).ShouldBe(wanted, 1e-6 * (1 + wanted));

        float[] onehot = new float[3];
        onehot[target] = 1;
        gradients.ShouldBe([1 - onehot[0], -onehot[1], -onehot[2]]);
    }

    [Fact]
    public void A_row_with_a_NaN_makes_the_loss_NaN_and_leaves_the_gradients_of_the_others()
    {
        float[] gradients = new float[4];

        Loss.Compute([float.NaN, 0, 5, 5], 2, Classes(0, 0), gradients).ShouldBe(double.NaN);

        gradients.ShouldBe([float.NaN, float.NaN, -0.25f, 0.25f]);
    }

    [Fact]
    public void Where_every_step_is_ignored_the_loss_and_the_gradient_are_0()
    {
        float[] gradients = [7, 7, 7, 7];

        new CrossEntropyLoss { IgnoredIndex = 1 }.Compute([float.NaN, 0, 5, 5], 2, Classes(1, 1), gradients).ShouldBe(0);

        gradients.ShouldAllBe(gradient => gradient == 0);
    }

    [Fact]
    public void A_setting_outside_its_range_is_refused_where_it_is_made()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new CrossEntropyLoss { LabelSmoothing = 1.5 })
            .Message.ShouldStartWith("LabelSmoothing is 1.5; at least 0 and at most 1 is wanted.");
        Should.Throw<ArgumentOutOfRangeException>(() => new CrossEntropyLoss { ClassWeights = new[] { 1, -1f } })
            .Message.ShouldStartWith("ClassWeights[1] is -1; a finite number of at least 0 is wanted.");
    }

    private static TrainingSequence Classes(params int[] classes) => new(default, classes);
}
