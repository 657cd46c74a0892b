using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

public class GradientsTests
{
    [Fact]
    public void Gradients_beyond_the_norm_keep_their_direction_and_get_the_norm()
    {
        float[] gradients = [3, 0, -4];

        Gradients.ClipNorm(gradients, 1).ShouldBe(5, 1e-6);

        gradients[0].ShouldBe(0.6f, 1e-6f);
        gradients[1].ShouldBe(0);
        gradients[2].ShouldBe(-0.8f, 1e-6f);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(5.001)]
    [InlineData(double.PositiveInfinity)]
    public void Gradients_within_the_norm_stay(double maximumNorm)
    {
        float[] gradients = [3, 0, -4];

        Gradients.ClipNorm(gradients, maximumNorm).ShouldBe(5, 1e-6);

        gradients.ShouldBe([3, 0, -4]);
    }

    [Fact]
    public void Finite_gradients_whose_squares_overflow_are_clipped()
    {
        float[] gradients = [3e30f, 4e30f];

        Gradients.ClipNorm(gradients, 1).ShouldBe(5e30, 1e25);

        gradients[0].ShouldBe(0.6f, 1e-6f);
        gradients[1].ShouldBe(0.8f, 1e-6f);
    }

    [Theory]
    [InlineData(float.NaN, double.NaN)]
    [InlineData(float.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, double.PositiveInfinity)]
    public void Gradients_without_a_finite_norm_stay(float broken, double norm)
    {
        float[] gradients = [30, broken];

        Gradients.ClipNorm(gradients, 1).ShouldBe(norm);

        gradients.ShouldBe([30, broken]);
    }

    [Fact]
    public void Every_gradient_can_be_bounded_by_itself()
    {
        float[] gradients = [0.5f, -3, 7, float.NegativeInfinity, float.NaN];

        Gradients.ClipValue(gradients, 2);

        gradients.ShouldBe([0.5f, -2, 2, -2, float.NaN]);
        Should.Throw<ArgumentOutOfRangeException>(() => Gradients.ClipValue(gradients, 0)).Message.ShouldStartWith("maximum is 0; a number above 0 is wanted.");
    }

    [Theory]
    [InlineData(0, "maximumNorm is 0; a number above 0 is wanted.")]
    [InlineData(-2.5, "maximumNorm is -2.5; a number above 0 is wanted.")]
    [InlineData(double.NaN, "maximumNorm is NaN; a number above 0 is wanted.")]
    public void A_norm_that_is_not_above_0_is_refused(double maximumNorm, string message)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Gradients.ClipNorm(new float[1], maximumNorm)).Message.ShouldStartWith(message);
    }
}
