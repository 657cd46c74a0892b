using Shouldly;
using Xunit;
using static Recurrent.Equations;

namespace Recurrent.Tests.Words;

/// <summary>Words with more than one operand.</summary>
public class ArgumentTests
{
    [Fact]
    public void The_numbers_of_an_activation_can_be_given()
    {
        LeakyRelu(-2, 0.25).ShouldBe(-0.5);
        LeakyRelu(new Vec(-2, 3), slope: 0.25).ShouldHold(-0.5, 3);
        Elu(-1, 2).ShouldBe(2 * (System.Math.Exp(-1) - 1), 1e-15);
        HardSigmoid(1, slope: 0.2).ShouldBe(0.7, 1e-15);
        HardSigmoid(new Vec(-5, 1, 5), 0.2, 0.25).ShouldHold(0, 0.45, 1);
        Clamp(new Vec(-5, 1, 5), 0, 2).ShouldHold(0, 1, 2);
        Clamp(1, 3, 2).ShouldBe(2);
        Clamp(1, double.NaN, 2).ShouldBe(double.NaN);
        Clamp(1, 0, double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void A_convolution_reads_the_frames_of_each_group()
    {
        Mat one = new(1, 4, [1, 10, 100, 1000]);
        Mat two = new(2, 2, [1, 10, 100, 1000]);

        Convolve(one, new Vec(1, 2, 3, 4), 2).ShouldHold(1 + 30 + 200 + 4000);
        Convolve(one, new Vec(1, 2, 3, 4), 4).ShouldHold(4321);
        Convolve(two, new Vec(1, 2, 3, 4), 2).ShouldHold(31, 4200);
        Convolve(two, new Vec(1, 2, 3, 4), 1).ShouldHold(21, 4300);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, -1)]
    [InlineData(2, 3)]
    [InlineData(2, 8)]
    [InlineData(5, 2)]
    [InlineData(3, 1)]
    public void A_convolution_whose_filters_do_not_fit_its_frames_is_refused(int length, int kernel)
    {
        Vec frames = new(new double[length]);

        Should.Throw<System.ArgumentException>(() => Convolve(new Mat(3, 2, new double[6]), frames, kernel)).Message.ShouldContain("The filters [3, 2] do not divide");
    }

    [Fact]
    public void The_lesser_and_the_greater_are_NaN_where_one_is()
    {
        Min(new Vec(1, double.NaN, 3), new Vec(2, 1, double.NaN)).ShouldHold(1, double.NaN, double.NaN);
        Max(new Vec(1, double.NaN, 3), new Vec(2, 1, double.NaN)).ShouldHold(2, double.NaN, double.NaN);
        Max(new Vec(1, double.NaN, 3)).ShouldBe(double.NaN);
        Max(new Vec(double.NaN, 1)).ShouldBe(double.NaN);
        Min(double.NaN, 1).ShouldBe(double.NaN);
        Max(1, double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void The_lesser_and_the_greater_take_numbers_vectors_and_matrices()
    {
        Mat m = new(2, 2, [1, 5, -2, 0]);
        Mat n = new(2, 2, [0, 6, -1, 0]);

        Min(1, 2).ShouldBe(1);
        Max(1, 2).ShouldBe(2);
        Min(new Vec(1, 5), 3).ShouldHold(1, 3);
        Min(3, new Vec(1, 5)).ShouldHold(1, 3);
        Max(new Vec(1, 5), 3).ShouldHold(3, 5);
        Max(3, new Vec(1, 5)).ShouldHold(3, 5);
        Min(m, n).ShouldHold(2, 2, 0, 5, -2, 0);
        Max(m, n).ShouldHold(2, 2, 1, 6, -1, 0);
        Min(m, 0.5).ShouldHold(2, 2, 0.5, 0.5, -2, 0);
        Min(0.5, m).ShouldHold(2, 2, 0.5, 0.5, -2, 0);
        Max(m, 0.5).ShouldHold(2, 2, 1, 5, 0.5, 0.5);
        Max(0.5, m).ShouldHold(2, 2, 1, 5, 0.5, 0.5);
    }

    [Fact]
    public void A_vector_of_one_element_is_spread()
    {
        Vec one = new(2);
        Vec three = new(1, 4, 8);

        (one + three).ShouldHold(3, 6, 10);
        (three - one).ShouldHold(-1, 2, 6);
        (one - three).ShouldHold(1, -2, -6);
        (one * three).ShouldHold(2, 8, 16);
        (one / three).ShouldHold(2, 0.5, 0.25);
        (three / one).ShouldHold(0.5, 2, 4);
        Min(one, three).ShouldHold(1, 2, 2);
        Max(three, one).ShouldHold(2, 4, 8);
        Dot(one, three).ShouldBe(26);
        (one + one).ShouldHold(4);
        (one + new Vec()).ShouldHold();
    }

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("*")]
    [InlineData("/")]
    [InlineData("Min")]
    [InlineData("Max")]
    [InlineData("Dot")]
    public void Two_lengths_that_do_not_fit_are_both_named(string name)
    {
        Vec two = new(1, 2);
        Vec three = new(1, 2, 3);

        Should.Throw<System.ArgumentException>(() => name switch
        {
            "+" => two + three,
            "-" => two - three,
            "*" => two * three,
            "/" => two / three,
            "Min" => Min(two, three),
            "Max" => Max(two, three),
            _ => new Vec(Dot(two, three)),
        }).Message.ShouldStartWith($"'{name}' needs two vectors of one length, or one of a single element; the left one has 2, the right one 3.");
    }
}
