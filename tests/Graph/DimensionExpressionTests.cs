using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class DimensionExpressionTests
{
    private static readonly Dictionary<string, long> Sizes = new() { ["input"] = 3, ["hidden"] = 8, ["rank"] = 2, ["projection"] = 0 };

    [Theory]
    [InlineData("hidden", 8)]
    [InlineData("  7 ", 7)]
    [InlineData("hidden + input * 2", 14)]
    [InlineData("hidden - input - rank", 3)]
    [InlineData("hidden / rank / 2", 2)]
    [InlineData("(hidden + rank) * input", 30)]
    [InlineData("hidden*input/rank", 12)]
    [InlineData("projection or hidden", 8)]
    [InlineData("rank or hidden", 2)]
    [InlineData("projection or rank - 2 or input", 3)]
    [InlineData("rank - 3 or input + 1", 4)]
    [InlineData("(projection or rank) * 2", 4)]
    [InlineData("rank or hidden / 3", 2)]
    public void An_expression_has_the_value_that_arithmetic_gives(string text, int value) =>
        DimensionExpression.Parse(text).Evaluate(Size).ToDim().ShouldBe(new Dim(value));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b + a", "a + b")]
    [InlineData("a + a", "2 * a")]
    [InlineData("a - b + b", "a")]
    [InlineData("a / 2 + a / 2", "a")]
    [InlineData("2 * (a + 1) - 2", "2 * a")]
    [InlineData("(a + 1) / 2", "(a + 1) / 2")]
    [InlineData("a * 3 / 2", "3 * a / 2")]
    [InlineData("0 - a + 4", "4 - a")]
    [InlineData("b * a", "a * b")]
    [InlineData("a / b", "(a / (b))")]
    [InlineData("a / a", "1")]
    [InlineData("(a + b) / c", "((a + b) / (c))")]
    [InlineData("(0 - a) / b", "((0 - a) / (b))")]
    [InlineData("a or b", "(a or b)")]
    [InlineData("rank * a", "2 * a")]
    [InlineData("projection or a", "a")]
    public void Names_without_a_size_stay_and_equal_quantities_have_one_text(string text, string wanted)
    {
        Quantity quantity = DimensionExpression.Parse(text).Evaluate(Size);

        quantity.ToString().ShouldBe(wanted);
        DimensionExpression.Parse(wanted).Evaluate(_ => null).ShouldBe(quantity);
    }

    [Theory]
    [InlineData("2 * input + 1 or a", "2 * input + 1")]
    [InlineData("hidden / 2 or 1", "hidden / 2")]
    [InlineData("0 * input or hidden", "hidden")]
    [InlineData("input - 1 or 1", "(input - 1 or 1)")]
    [InlineData("input * a or 1", "(a * input or 1)")]
    public void What_a_layer_reads_and_gives_is_greater_than_0(string text, string wanted) =>
        DimensionExpression.Parse(text).Evaluate(_ => null).ToString().ShouldBe(wanted);

    [Theory]
    [InlineData("", "missing at its end")]
    [InlineData("a +", "missing at its end")]
    [InlineData("(a", "not closed")]
    [InlineData("a)", "')' stands where it should end")]
    [InlineData("a b", "'b' stands where it should end")]
    [InlineData("or", "'or' stands where a name or a number should")]
    [InlineData("a % b", "'%' stands where it should end")]
    [InlineData("-a", "'-' stands where")]
    [InlineData("2.5", "'.' stands where")]
    [InlineData("2147483648", "no whole number below 2147483648")]
    [InlineData("4x", "no whole number")]
    public void What_is_no_expression_is_refused_with_the_reason(string text, string reason)
    {
        DimensionExpression.TryParse(text, out DimensionExpression? expression, out string error).ShouldBeFalse();

        expression.ShouldBeNull();
        error.ShouldContain(reason);
    }

    [Theory]
    [InlineData("hidden / input", "8 / 3 is no whole number")]
    [InlineData("hidden / input * input", "8 / 3 is no whole number")]
    [InlineData("hidden / projection", "8 / 0 is no number")]
    [InlineData("2000000000 * 2000000000 * 2000000000", "too large")]
    public void A_division_with_a_remainder_and_a_number_out_of_range_are_refused(string text, string reason) =>
        Should.Throw<FormatException>(() => DimensionExpression.Parse(text).Evaluate(Size)).Message.ShouldContain(reason);

    [Theory]
    [InlineData(200_000, '(')]
    [InlineData(200_000, '1')]
    public void An_expression_of_any_length_is_read_or_refused(int length, char fill)
    {
        DimensionExpression.TryParse(new string(fill, length), out _, out _).ShouldBeFalse();
        DimensionExpression.TryParse(string.Join('+', Enumerable.Repeat("1", length)), out _, out string error).ShouldBeFalse();
        error.ShouldContain("too long");
    }

    [Fact]
    public void A_random_expression_has_the_value_of_its_canonical_text()
    {
        Random random = new(5);
        int compared = 0;
        for (int i = 0; i < 2000; i++)
        {
            string text = Draw(random, 3);
            string canonical;
            long? whole;
            try
            {
                canonical = DimensionExpression.Parse(text).Evaluate(_ => null).ToString();
                whole = DimensionExpression.Parse(text).Evaluate(Size).Whole;
            }
            catch (FormatException)
            {
                continue;
            }

            DimensionExpression.Parse(canonical).Evaluate(Size).Whole.ShouldBe(whole, text + " became " + canonical);
            compared++;
        }

        compared.ShouldBeGreaterThan(1000);
    }

    private static string Draw(Random random, int depth) => (depth == 0 ? 0 : random.Next(7)) switch
    {
        1 => $"{Draw(random, depth - 1)} + {Draw(random, depth - 1)}",
        2 => $"{Draw(random, depth - 1)} - ({Draw(random, depth - 1)})",
        3 => $"({Draw(random, depth - 1)}) * ({Draw(random, depth - 1)})",
        4 => $"({Draw(random, depth - 1)}) / ({Draw(random, depth - 1)})",
        5 => $"({Draw(random, depth - 1)} or {Draw(random, depth - 1)})",
        _ => random.Next(3) == 0 ? random.Next(5).ToString(System.Globalization.CultureInfo.InvariantCulture) : Sizes.Keys.ElementAt(random.Next(Sizes.Count)),
    };

    private static long? Size(string name) => Sizes.TryGetValue(name, out long size) ? size : null;
}
