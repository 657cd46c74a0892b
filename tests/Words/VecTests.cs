using System;
using Shouldly;
using Xunit;
using static Recurrent.Equations;

namespace Recurrent.Tests.Words;

public class VecTests
{
    private static readonly Vec Five = new(1, 2, 3, 4, 5);

    [Fact]
    public void A_vector_is_cut_by_ranges()
    {
        int n = 2;

        Five[..n].ShouldHold(1, 2);
        Five[n..].ShouldHold(3, 4, 5);
        Five[1..4].ShouldHold(2, 3, 4);
        Five[^n..].ShouldHold(4, 5);
        Five[..^n].ShouldHold(1, 2, 3);
        Five[..].ShouldHold(1, 2, 3, 4, 5);
        Five[5..].Length.ShouldBe(0);
        Five[..(Five.Length / 2)].ShouldHold(1, 2);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(6, 6)]
    [InlineData(3, 2)]
    public void A_range_outside_is_refused(int start, int end) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Five[start..end]).Message.ShouldStartWith("The vector has 5 elements; a range within 0..5 is wanted");

    [Fact]
    public void A_range_that_begins_before_the_vector_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => Five[^6..]);

    [Fact]
    public void Operators_with_a_number_keep_their_sides()
    {
        Vec x = new(1, 4);

        (x + 2).ShouldHold(3, 6);
        (2 + x).ShouldHold(3, 6);
        (x - 2).ShouldHold(-1, 2);
        (2 - x).ShouldHold(1, -2);
        (x * 2).ShouldHold(2, 8);
        (2 * x).ShouldHold(2, 8);
        (x / 2).ShouldHold(0.5, 2);
        (2 / x).ShouldHold(2, 0.5);
        (-x).ShouldHold(-1, -4);
        (x / new Vec(2, 8)).ShouldHold(0.5, 0.5);
        (1 / new Vec(0.0, -0.0)).ShouldHold(double.PositiveInfinity, double.NegativeInfinity);
    }

    [Fact]
    public void Vectors_are_joined_in_order()
    {
        Concat(new Vec(1), new Vec(), new Vec(2, 3), Five[3..]).ShouldHold(1, 2, 3, 4, 5);
        Concat(Five[..2], Five[2..]).ShouldHold(1, 2, 3, 4, 5);
    }

    [Fact]
    public void Reductions_give_a_number()
    {
        Sum(Five).ShouldBe(15);
        Mean(Five).ShouldBe(3);
        Max(Five).ShouldBe(5);
        Max(new Vec(-3, -2)).ShouldBe(-2);
        Norm(new Vec(3, -4)).ShouldBe(5);
        Dot(new Vec(1, 2, 3), new Vec(4, -5, 6)).ShouldBe(12);
        Sum(new Vec()).ShouldBe(0);
        Mean(new Vec()).ShouldBe(double.NaN);
        Norm(new Vec()).ShouldBe(0);
        Sum(new Vec(1, double.PositiveInfinity, double.NegativeInfinity)).ShouldBe(double.NaN);
    }

    [Fact]
    public void The_greatest_of_nothing_is_refused() => Should.Throw<ArgumentException>(() => Max(new Vec())).Message.ShouldContain("0 elements; at least 1 is wanted");

    // exp(1), exp(2), exp(3) by their sum.
    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    public void Softmax_does_not_depend_on_what_is_added_to_all(double offset)
    {
        Vec p = Softmax(offset + new Vec(1, 2, 3));

        p[0].ShouldBe(0.09003057317038046, 1e-15);
        p[1].ShouldBe(0.24472847105479767, 1e-15);
        p[2].ShouldBe(0.6652409557748219, 1e-15);
    }

    [Fact]
    public void Softmax_gives_nothing_to_minus_infinity_and_NaN_where_nothing_is_greatest()
    {
        Softmax(new Vec(double.NegativeInfinity, 1, 1)).ShouldHold(0, 0.5, 0.5);
        Softmax(new Vec(double.PositiveInfinity, 1)).ShouldHold(double.NaN, double.NaN);
        Softmax(new Vec(double.NaN, 1)).ShouldHold(double.NaN, double.NaN);
    }

    // Mean 5/2, variance 5/4: the deviations -3/2, -1/2, 1/2, 3/2.
    [Fact]
    public void A_layer_norm_takes_mean_and_deviation_away()
    {
        Vec x = new(1, 2, 3, 4);
        double root = Math.Sqrt(1.25);

        LayerNorm(x, new Vec(1, 1, 1, 2), new Vec(0, 10, 0, 0), epsilon: 0).ShouldHold(-1.5 / root, (-0.5 / root) + 10, 0.5 / root, 3 / root);
        LayerNorm(x, new Vec(2), new Vec(1), epsilon: 0.75).ShouldHold(1 - (3 / Math.Sqrt(2)), 1 - (1 / Math.Sqrt(2)), 1 + (1 / Math.Sqrt(2)), 1 + (3 / Math.Sqrt(2)));
        LayerNorm(x, new Vec(1), new Vec(0))[3].ShouldBe(1.5 / Math.Sqrt(1.25001), 1e-15);
        LayerNorm(new Vec(7, 7), new Vec(3), new Vec(1, 2)).ShouldHold(1, 2);
    }

    // The mean square of 3 and 4 is 25/2.
    [Fact]
    public void An_rms_norm_takes_the_mean_square_away()
    {
        Vec x = new(3, -4);

        RmsNorm(x, new Vec(1, 2), epsilon: 0).ShouldHold(3 / Math.Sqrt(12.5), -8 / Math.Sqrt(12.5));
        RmsNorm(x, new Vec(5))[0].ShouldBe(15 / Math.Sqrt(12.500001), 1e-15);
        RmsNorm(new Vec(0, 0), new Vec(1)).ShouldHold(0, 0);
    }

    [Fact]
    public void A_norm_names_the_weight_that_does_not_fit()
    {
        Should.Throw<ArgumentException>(() => LayerNorm(Five, new Vec(1, 2), Five)).Message
            .ShouldStartWith("'LayerNorm' of a vector of 5 needs a weight of 5 elements, or of one; it has 2.");
        Should.Throw<ArgumentException>(() => LayerNorm(Five, Five, new Vec(1, 2))).ParamName.ShouldBe("bias");
        Should.Throw<ArgumentException>(() => RmsNorm(new Vec(1), Five)).Message.ShouldContain("of a vector of 1 needs a weight of 1 elements, or of one; it has 5");
    }
}
