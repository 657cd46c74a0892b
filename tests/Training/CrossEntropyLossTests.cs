using System;
using System.Runtime.InteropServices;
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

        Loss.Compute([3, 3, 3, 3, -1, -1, -1, -1], [1, 3], gradients).ShouldBe(MathF.Log(4), 1e-6f);

        gradients.ShouldBe([0.125f, -0.375f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, -0.375f]);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 3)]
    [InlineData(3, 40)]
    public void The_loss_and_the_gradient_are_those_of_the_definition(int rows, int classCount)
    {
        float[] logits = Numbers.Random(rows * classCount, seed: 1);
        int[] classes = [.. Enumerable.Range(0, rows).Select(row => 7 * row % classCount)];
        float[] gradients = new float[logits.Length];
        float loss = Loss.Compute(logits, classes, gradients);

        double Value(double[] x) => Enumerable.Range(0, rows).Average(row =>
            -Math.Log(Math.Exp(x[row * classCount + classes[row]]) / x.Skip(row * classCount).Take(classCount).Sum(Math.Exp)));

        ((double)loss).ShouldBe(Value(Array.ConvertAll(logits, value => (double)value)), 1e-6);
        Numbers.ShouldBeGradientOf(gradients, Value, logits);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2e30)]
    [InlineData(2, 1e30)]
    public void Logits_of_any_finite_size_do_not_overflow(int target, double wanted)
    {
        float[] gradients = new float[3];

        ((double)Loss.Compute([1e30f, -1e30f, 0], [target], gradients)).ShouldBe(wanted, 1e-6 * (1 + wanted));

        float[] onehot = new float[3];
        onehot[target] = 1;
        gradients.ShouldBe([1 - onehot[0], -onehot[1], -onehot[2]]);
    }

    [Fact]
    public void A_row_with_a_NaN_makes_the_loss_NaN_and_leaves_the_gradients_of_the_others()
    {
        float[] gradients = new float[4];

        Loss.Compute([float.NaN, 0, 5, 5], [0, 0], gradients).ShouldBe(float.NaN);

        gradients.ShouldBe([float.NaN, float.NaN, -0.25f, 0.25f]);
    }

    [Fact]
    public void The_gradients_may_replace_the_logits()
    {
        float[] logits = Numbers.Random(20, seed: 3);
        int[] classes = [0, 4, 2, 3];
        float[] apart = new float[20];
        float loss = Loss.Compute(logits, classes, apart);

        Loss.Compute(logits, classes, logits).ShouldBe(loss);

        logits.ShouldBe(apart);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)] // a whole row
    [InlineData(11)]
    public void Gradients_over_a_part_of_the_logits_are_refused(int distance)
    {
        float[] memory = Numbers.Random(30, seed: 5);
        float[] before = [.. memory];

        ArgumentException error = Should.Throw<ArgumentException>(
            () => Loss.Compute(memory.AsSpan(0, 12), [0, 1, 2, 0], memory.AsSpan(distance, 12)));

        error.ParamName.ShouldBe("gradients");
        error.Message.ShouldStartWith("gradients overlaps a part of logits; the same memory, or memory of its own, is wanted.");
        memory.ShouldBe(before);
    }

    [Fact]
    public void Gradients_over_the_classes_are_refused()
    {
        int[] classes = new int[12];

        ArgumentException error = Should.Throw<ArgumentException>(
            () => Loss.Compute(new float[12], classes.AsSpan(0, 4), MemoryMarshal.Cast<int, float>(classes.AsSpan())));

        error.Message.ShouldStartWith("gradients overlaps classes; memory of its own is wanted.");
        classes.ShouldAllBe(index => index == 0);
    }

    [Theory]
    [InlineData(0, new int[0], 0, "classes", "There are 0 classes; at least 1 is wanted.")]
    [InlineData(0, new[] { 0, 0 }, 0, "logits", "The length is 0; a multiple of the 2 rows is wanted, at least 1 for each.")]
    [InlineData(5, new[] { 0, 0 }, 5, "logits", "The length is 5; a multiple of the 2 rows is wanted, at least 1 for each.")]
    [InlineData(6, new[] { 0, 0 }, 5, "gradients", "gradients has 5 floats; 6 are wanted.")]
    [InlineData(6, new[] { 2, 3 }, 6, "classes", "There is class 3 at [1]; 0 to 2 is wanted.")]
    [InlineData(6, new[] { -1, 0 }, 6, "classes", "There is class -1 at [0]; 0 to 2 is wanted.")]
    public void What_does_not_fit_is_refused_before_anything_is_written(int logits, int[] classes, int gradients, string parameter, string message)
    {
        float[] written = new float[gradients];
        Array.Fill(written, 7);

        ArgumentException error = Should.Throw<ArgumentException>(() => Loss.Compute(new float[logits], classes, written));

        error.ParamName.ShouldBe(parameter);
        error.Message.ShouldStartWith(message);
        written.ShouldAllBe(value => value == 7);
    }
}
