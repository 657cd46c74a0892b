using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Parameters;

/// <summary>What the memories of state-space cells start from, and the intervals of their rates.</summary>
public class MemoryInitializerTests
{
    /// <summary>The definition: the series of exp(M) = exp(M / 2^k)^(2^k), in decimals of 28 digits, and A^-1 by the equation that the input's part solves.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(4, 6)]
    [InlineData(6, 30)]
    public void A_Legendre_memory_is_held_over_a_time_step(int order, int window)
    {
        decimal[,] exponent = new decimal[order + 1, order + 1];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                exponent[i, j] = ((2 * i) + 1) * (i < j ? -1m : (i - j + 1) % 2 == 0 ? 1 : -1) / window;
            }

            exponent[i, order] = ((2 * i) + 1) * (i % 2 == 0 ? 1m : -1) / window;
        }

        decimal[,] held = Exponential(exponent);
        float[] state = Draw(new TensorShape(order, order), new Initialization(Initializer.LegendreState, window));
        float[] input = Draw(new TensorShape(order), new Initialization(Initializer.LegendreInput, window));
        for (int i = 0; i < order; i++)
        {
            ((double)input[i]).ShouldBe((double)held[i, order], 1e-7, $"input {i}");
            for (int j = 0; j < order; j++)
            {
                ((double)state[(i * order) + j]).ShouldBe((double)held[i, j], 1e-7, $"state {i}, {j}");
            }
        }
    }

    /// <summary>Fed with a line for longer than its window, the memory holds the line's last part: P0 its middle, P1 half its fall back to the window's start.</summary>
    [Fact]
    public void A_Legendre_memory_remembers_its_window()
    {
        const int Order = 6;
        const int Window = 100;
        float[] state = Draw(new TensorShape(Order, Order), new Initialization(Initializer.LegendreState, Window));
        float[] input = Draw(new TensorShape(Order), new Initialization(Initializer.LegendreInput, Window));
        double[] memory = new double[Order];
        for (int t = 0; t < 1000; t++)
        {
            memory = [.. Enumerable.Range(0, Order).Select(i => Enumerable.Range(0, Order).Sum(j => state[(i * Order) + j] * memory[j]) + (input[i] * t / 1000.0))];
        }

        // The hold makes of the line steps, each of which lies half a time step behind it.
        memory[0].ShouldBe((999.5 - (Window / 2.0)) / 1000, 2e-3);
        memory[1].ShouldBe(-Window / 2.0 / 1000, 2e-3);
        memory.Skip(2).ShouldAllBe(coefficient => Math.Abs(coefficient) < 2e-3);
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(256, 784)]
    public void A_Legendre_memory_of_high_order_is_stable(int order, int window)
    {
        float[] state = Draw(new TensorShape(order, order), new Initialization(Initializer.LegendreState, window));

        state.ShouldAllBe(value => float.IsFinite(value) && Math.Abs(value) < 1000);
    }

    [Fact]
    public void Columns_begin_at_the_logarithms_of_their_positions()
    {
        float[] values = Draw(new TensorShape(2, 100_000), new Initialization(Initializer.LogColumns));

        for (int i = 0; i < values.Length; i++)
        {
            ((double)values[i]).ShouldBe(Math.Log((i % 100_000) + 1), 6e-7);
        }
    }

    [Fact]
    public void Logarithms_are_those_of_the_framework()
    {
        foreach (int n in Enumerable.Range(1, 5000).Append(int.MaxValue).Append(1 << 30).Append((1 << 30) - 1))
        {
            NaturalLogarithm.Of(n).ShouldBe(Math.Log(n), 1e-15 * Math.Max(1, Math.Log(n)));
        }
    }

    [Fact]
    public void An_interval_is_filled_evenly()
    {
        float[] values = Draw(new TensorShape(100_000), new Initialization(Initializer.Interval, Value: 8, Low: 3));

        values.Min().ShouldBeInRange(3, 3.001f);
        values.Max().ShouldBeInRange(7.999f, 8);
        values.Average(value => (double)value).ShouldBe(5.5, 5 * Math.Sqrt(25.0 / 12 / values.Length));
        ((double)values.Count(value => value < 4)).ShouldBe(20_000, 5 * Math.Sqrt(0.16 * values.Length));
    }

    [Fact]
    public void Signs_are_drawn_evenly()
    {
        float[] values = Draw(new TensorShape(100_000), new Initialization(Initializer.Signs, Value: 0.5));

        values.ShouldAllBe(value => Math.Abs(value) == 0.5f);
        ((double)values.Count(value => value > 0)).ShouldBe(50_000, 5 * Math.Sqrt(0.25 * values.Length));
    }

    [Theory]
    [InlineData(Initializer.Interval, 1, 1, 2)]
    [InlineData(Initializer.Interval, 1, 1, double.NaN)]
    [InlineData(Initializer.Interval, 1, double.PositiveInfinity, 0)]
    [InlineData(Initializer.Signs, 1, double.NaN, 0)]
    [InlineData(Initializer.LegendreState, 0, 1, 0)]
    [InlineData(Initializer.LegendreInput, -1, 1, 0)]
    public void A_distribution_that_is_none_is_refused(Initializer initializer, int fan, double value, double low) =>
        Should.Throw<ArgumentException>(() => Draw(new TensorShape(2, 2), new Initialization(initializer, fan, value, low))).Message.ShouldStartWith("x starts from");

    private static decimal[,] Exponential(decimal[,] exponent)
    {
        const int Halvings = 12;
        int size = exponent.GetLength(0);
        decimal[,] small = Each(size, (i, j) => exponent[i, j] / (1 << Halvings));
        decimal[,] term = Each(size, (i, j) => i == j ? 1 : 0);
        decimal[,] sum = term;
        for (int k = 1; k <= 12; k++)
        {
            decimal[,] power = Product(term, small);
            term = Each(size, (i, j) => power[i, j] / k);
            decimal[,] before = sum;
            sum = Each(size, (i, j) => before[i, j] + term[i, j]);
        }

        for (int k = 0; k < Halvings; k++)
        {
            sum = Product(sum, sum);
        }

        return sum;
    }

    private static decimal[,] Product(decimal[,] left, decimal[,] right)
    {
        int size = left.GetLength(0);
        return Each(size, (i, j) => Enumerable.Range(0, size).Sum(k => left[i, k] * right[k, j]));
    }

    private static decimal[,] Each(int size, Func<int, int, decimal> element)
    {
        decimal[,] result = new decimal[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                result[i, j] = element(i, j);
            }
        }

        return result;
    }

    private static float[] Draw(TensorShape shape, Initialization initialization)
    {
        float[] parameters = new float[shape.Length];
        ParameterInitializer.Fill([new TensorInfo("x", shape, 0, initialization)], 42, parameters);
        return parameters;
    }
}
