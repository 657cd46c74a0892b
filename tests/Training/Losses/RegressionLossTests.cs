using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

/// <summary>The losses whose targets are real numbers: their definitions, their gradients beside finite differences, and their extremes.</summary>
public class RegressionLossTests
{
    private delegate double Cost(double output, double target);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(5, 130)] // more than a block
    public void Mean_absolute_error(int steps, int size) =>
        ShouldBeMeanOf(new MeanAbsoluteErrorLoss(), steps, size, Numbers.Random(steps * size, seed: 2), (y, t) => Math.Abs(y - t));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 0.5)]
    [InlineData(5, 130, 2)]
    public void Huber(int steps, int size, double delta) => ShouldBeMeanOf(
        new HuberLoss(delta),
        steps,
        size,
        Numbers.Random(steps * size, seed: 2),
        (y, t) => Math.Abs(y - t) <= delta ? 0.5 * (y - t) * (y - t) : delta * (Math.Abs(y - t) - 0.5 * delta));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 2.5)]
    [InlineData(5, 130, 0)]
    public void Binary_cross_entropy(int steps, int size, double positiveWeight) => ShouldBeMeanOf(
        new BinaryCrossEntropyLoss { PositiveWeight = positiveWeight },
        steps,
        size,
        [.. Numbers.Random(steps * size, seed: 2).Select(number => number > 1 ? 1 : number < -1 ? 0 : (number + 1) / 2)],
        (x, t) => positiveWeight * t * Math.Log(1 + Math.Exp(-x)) + (1 - t) * Math.Log(1 + Math.Exp(x)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 2)]
    public void Pinball(int steps, int targetSize)
    {
        double[] quantiles = [0.1, 0.5, 0.75];
        float[] targets = Numbers.Random(steps * targetSize, seed: 2);

        ShouldBe(new PinballLoss(quantiles), steps, 3 * targetSize, targets, y => y.Select((output, i) =>
        {
            double quantile = (float)quantiles[i % 3];
            double d = targets[i / 3] - output;
            return Math.Max(quantile * d, (quantile - 1) * d);
        }).Average());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 2)]
    public void Gaussian_negative_log_likelihood(int steps, int targetSize)
    {
        float[] targets = Numbers.Random(steps * targetSize, seed: 2);

        ShouldBe(new GaussianNllLoss(), steps, 2 * targetSize, targets, y => targets.Select((target, i) =>
        {
            int mean = i / targetSize * 2 * targetSize + i % targetSize;
            double variance = Math.Exp(y[mean + targetSize]);
            return 0.5 * (Math.Log(variance) + Math.Pow(y[mean] - target, 2) / variance);
        }).Average());
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void The_pinball_loss_is_least_at_the_quantile(double quantile)
    {
        float[] targets = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];
        PinballLoss loss = new(quantile);
        double At(float output) =>
            loss.Compute(Enumerable.Repeat(output, 101).ToArray(), 101, new TrainingSequence(default, targets), new float[101]);

        Enumerable.Range(0, 101).MinBy(i => At(i / 100f)).ShouldBe((int)Math.Round(100 * quantile));
    }

    [Theory]
    [InlineData(1e4f, 0, 1e4, 1)]
    [InlineData(-1e4f, 0, 0, 0)]
    [InlineData(1e4f, 1, 0, 0)]
    [InlineData(-1e4f, 1, 1e4, -1)]
    [InlineData(-3e38f, 1, 3e38, -1)]
    [InlineData(-20, 0, 2.0611536e-9, 2.0611536e-9f)]
    public void A_sure_answer_costs_its_logit_where_it_is_wrong_and_next_to_nothing_where_it_is_right(float logit, float target, double cost, float gradient)
    {
        float[] gradients = new float[1];

        new BinaryCrossEntropyLoss().Compute([logit], 1, new TrainingSequence(default, new[] { target }), gradients).ShouldBe(cost, 1e-30 + (1e-6 * cost));

        gradients[0].ShouldBe(gradient, 1e-30f + (1e-6f * Math.Abs(gradient)));
    }

    [Fact]
    public void An_error_of_any_finite_size_costs_Huber_no_more_than_its_line()
    {
        float[] gradients = new float[2];

        new HuberLoss(2).Compute([1e30f, -1e30f], 2, new TrainingSequence(default, new float[2]), gradients).ShouldBe(2e30, 1e24);

        gradients.ShouldBe([1, -1]);
    }

    [Fact]
    public void A_variance_that_vanishes_or_explodes_gives_finite_numbers_and_a_way_back()
    {
        float[] gradients = new float[6];
        GaussianNllLoss loss = new() { MinimumVariance = 0.01 };

        // Two targets met exactly and missed by 1 with a variance of 0, and one of a variance that is too large for a float.
        double value = loss.Compute([5, 1, 3, -1e4f, -1e4f, 1e4f], 1, new TrainingSequence(default, new float[] { 5, 2, 4 }), gradients);

        value.ShouldBe((2 * Math.Log(0.01) + 100 + 1e4) / 6, 1e-3);
        gradients.ShouldBe([0, -100 / 3f, 0, 0, (1 - 100) / 6f, 1 / 6f], 1e-3f);
    }

    [Fact]
    public void A_setting_outside_its_range_is_refused_where_it_is_made()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new HuberLoss(0)).Message.ShouldStartWith("delta is 0; a finite number above 0 is wanted.");
        Should.Throw<ArgumentOutOfRangeException>(() => new BinaryCrossEntropyLoss { PositiveWeight = -1 })
            .Message.ShouldStartWith("PositiveWeight is -1; a finite number of at least 0 is wanted.");
        Should.Throw<ArgumentException>(() => new PinballLoss()).Message.ShouldStartWith("There are 0 quantiles; at least 1 is wanted.");
        Should.Throw<ArgumentOutOfRangeException>(() => new PinballLoss(0.5, 1)).Message.ShouldStartWith("quantiles[1] is 1; above 0 and below 1 is wanted.");
        Should.Throw<ArgumentOutOfRangeException>(() => new GaussianNllLoss { MinimumVariance = 0 })
            .Message.ShouldStartWith("MinimumVariance is 0; a finite number above 0 is wanted.");
        Should.Throw<ArgumentOutOfRangeException>(() => new CtcLoss(-1)).Message.ShouldStartWith("blank is -1; at least 0 is wanted.");
    }

    private static void ShouldBeMeanOf(Loss loss, int steps, int size, float[] targets, Cost cost) =>
        ShouldBe(loss, steps, size, targets, y => y.Select((output, i) => cost(output, targets[i])).Average());

    private static void ShouldBe(Loss loss, int steps, int size, float[] targets, Func<double[], double> definition)
    {
        float[] outputs = Numbers.Random(steps * size, seed: 1);
        float[] gradients = new float[outputs.Length];

        loss.Compute(outputs, steps, new TrainingSequence(default, targets), gradients)
            .ShouldBe(definition(Array.ConvertAll(outputs, value => (double)value)), 1e-6);

        Numbers.ShouldBeGradientOf(gradients, definition, outputs);
    }
}
