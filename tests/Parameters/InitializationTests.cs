using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Parameters;

/// <summary>Distributions that depend on the shape of a parameter, and tensors whose parts have their own.</summary>
public class InitializationTests
{
    [Fact]
    public void The_first_initializers_keep_their_numbers() =>
        ((int)Initializer.Uniform, (int)Initializer.Normal, (int)Initializer.Zeros, (int)Initializer.Ones).ShouldBe((0, 1, 2, 3));

    [Theory]
    [InlineData(300, 500, 1)]
    [InlineData(1000, 20, 0.5)]
    public void Glorot_fills_the_bounds_that_follow_from_the_shape(int rows, int columns, double gain)
    {
        double bound = gain * Math.Sqrt(6.0 / (rows + columns));
        float[] values = Draw(new TensorShape(rows, columns), new Initialization(Initializer.Glorot, Value: gain));

        values.Max().ShouldBeInRange((float)(0.999 * bound), (float)bound);
        values.Min().ShouldBeInRange((float)-bound, (float)(-0.999 * bound));
        values.Average(value => (double)value).ShouldBe(0, 5 * bound / Math.Sqrt(3.0 * values.Length));
        values.Average(value => (double)value * value).ShouldBe(bound * bound / 3, 5 * bound * bound * Math.Sqrt(4.0 / 45 / values.Length));
    }

    [Fact]
    public void A_vector_has_one_column_to_Glorot()
    {
        float[] values = Draw(new TensorShape(100_000), new Initialization(Initializer.Glorot));

        values.Max().ShouldBe((float)Math.Sqrt(6.0 / 100_001), 1e-5f);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 7, 1)]
    [InlineData(8, 8, 1)]
    [InlineData(100, 100, 1)]
    [InlineData(33, 64, 2)]
    [InlineData(64, 33, 0.5)]
    public void An_orthogonal_matrix_has_orthonormal_rows_or_columns(int rows, int columns, double gain)
    {
        float[] values = Draw(new TensorShape(rows, columns), new Initialization(Initializer.Orthogonal, Value: gain));

        (int count, int length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        double Element(int vector, int k) => rows <= columns ? values[(vector * columns) + k] : values[(k * columns) + vector];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                Enumerable.Range(0, length).Sum(k => Element(i, k) * Element(j, k)).ShouldBe(i == j ? gain * gain : 0, 1e-6 * gain * gain, $"{i}, {j}");
            }
        }
    }

    // Uniform among all orthogonal matrices: each element of an n x n one has mean 0 and variance 1/n, and of 2 x 2 ones half are rotations.
    [Fact]
    public void Orthogonal_matrices_are_drawn_evenly()
    {
        const int Matrices = 20_000;
        TensorInfo[] tensors = [.. Enumerable.Range(0, Matrices).Select(i => new TensorInfo($"m{i}", new TensorShape(2, 2), 4 * i, new Initialization(Initializer.Orthogonal)))];
        float[] values = new float[4 * Matrices];
        ParameterInitializer.Fill(tensors, 11, values);

        int rotations = Enumerable.Range(0, Matrices).Count(i => (values[4 * i] * values[(4 * i) + 3]) - (values[(4 * i) + 1] * values[(4 * i) + 2]) > 0);
        (rotations / (double)Matrices).ShouldBe(0.5, 5 * 0.5 / Math.Sqrt(Matrices));
        for (int element = 0; element < 4; element++)
        {
            double[] all = [.. Enumerable.Range(0, Matrices).Select(i => (double)values[(4 * i) + element])];
            all.Average().ShouldBe(0, 5 * Math.Sqrt(0.5 / Matrices));
            all.Average(x => x * x).ShouldBe(0.5, 5 * Math.Sqrt(0.125 / Matrices));
        }
    }

    [Fact]
    public void An_orthogonal_vector_has_the_length_that_was_asked_for()
    {
        float[] values = Draw(new TensorShape(50), new Initialization(Initializer.Orthogonal, Value: 3));

        Math.Sqrt(values.Sum(value => (double)value * value)).ShouldBe(3, 1e-6);
        values.Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public void Normal_has_the_deviation_that_was_asked_for()
    {
        float[] one = Draw(new TensorShape(1000), new Initialization(Initializer.Normal));
        float[] small = Draw(new TensorShape(1000), new Initialization(Initializer.Normal, Value: 0.25));

        small.ShouldBe(one.Select(value => 0.25f * value));
    }

    [Fact]
    public void A_constant_and_an_identity_are_what_they_say()
    {
        Draw(new TensorShape(2, 2), new Initialization(Initializer.Constant, Value: -1.5)).ShouldBe([-1.5f, -1.5f, -1.5f, -1.5f]);
        Draw(new TensorShape(2, 3), new Initialization(Initializer.Identity)).ShouldBe([1, 0, 0, 0, 1, 0]);
        Draw(new TensorShape(3, 2), new Initialization(Initializer.Identity, Value: 0.5)).ShouldBe([0.5f, 0, 0, 0.5f, 0, 0]);
        Draw(new TensorShape(3), new Initialization(Initializer.Identity, Value: 0.5)).ShouldBe([0.5f, 0.5f, 0.5f]);
    }

    [Theory]
    [InlineData(Initializer.Glorot)]
    [InlineData(Initializer.Orthogonal)]
    public void A_seed_decides_all(Initializer initializer)
    {
        Initialization initialization = new(initializer);

        Draw(new TensorShape(9, 5), initialization).ShouldBe(Draw(new TensorShape(9, 5), initialization));
        Draw(new TensorShape(9, 5), initialization, seed: 43).ShouldNotBe(Draw(new TensorShape(9, 5), initialization));
    }

    [Fact]
    public void Each_part_of_a_tensor_is_drawn_from_its_own_distribution_and_by_its_own_shape()
    {
        TensorShape shape = new(204, 100);
        TensorInfo tensor = new(
            "w",
            shape,
            0,
            new TensorPart(100, new Initialization(Initializer.Orthogonal)),
            new TensorPart(4, new Initialization(Initializer.Constant, Value: 2)),
            new TensorPart(100, new Initialization(Initializer.Glorot)));
        float[] values = new float[shape.Length];

        ParameterInitializer.Fill([tensor], 42, values);

        values[..10_000].ShouldBe(Draw(new TensorShape(100, 100), new Initialization(Initializer.Orthogonal)));
        values.AsSpan(10_000, 400).IndexOfAnyExcept(2f).ShouldBe(-1);
        values[10_400..].Max().ShouldBe((float)Math.Sqrt(6.0 / 200), 1e-4f);
    }

    [Fact]
    public void Parts_of_one_uniform_distribution_are_the_whole()
    {
        Initialization uniform = new(Initializer.Uniform, 16);
        float[] values = new float[12];

        ParameterInitializer.Fill([new TensorInfo("b", new TensorShape(12), 0, new TensorPart(5, uniform), new TensorPart(7, uniform))], 42, values);

        values.ShouldBe(Draw(new TensorShape(12), uniform));
    }

    [Fact]
    public void Parts_have_the_rows_of_their_tensor()
    {
        Initialization ones = new(Initializer.Ones);

        Should.Throw<ArgumentException>(() => new TensorInfo("w", new TensorShape(4, 3), 0, new TensorPart(1, ones), new TensorPart(2, ones))).Message
            .ShouldStartWith("The parts of w have 3 rows together; 4 are wanted for [4, 3].");
        Should.Throw<ArgumentException>(() => new TensorInfo("w", new TensorShape(1), 0, new TensorPart(2, ones), new TensorPart(-1, ones))).Message
            .ShouldStartWith("A part of w has -1 rows; at least 0 are wanted.");
    }

    [Fact]
    public void Tensors_are_equal_where_their_parts_are()
    {
        TensorInfo one = Of(1);
        TensorInfo same = Of(1);

        (one == same).ShouldBeTrue();
        one.GetHashCode().ShouldBe(same.GetHashCode());
        (one == Of(2)).ShouldBeFalse();
        (one == new TensorInfo("w", new TensorShape(2), 0, new Initialization(Initializer.Ones))).ShouldBeFalse();
        one.Initialization.ShouldBe(new Initialization(Initializer.Ones));
        one.Parts.Length.ShouldBe(2);

        static TensorInfo Of(double value) =>
            new("w", new TensorShape(2), 0, new TensorPart(1, new Initialization(Initializer.Ones)), new TensorPart(1, new Initialization(Initializer.Constant, Value: value)));
    }

    [Theory]
    [InlineData(Initializer.Normal, -1)]
    [InlineData(Initializer.Normal, double.NaN)]
    [InlineData(Initializer.Constant, double.PositiveInfinity)]
    [InlineData(Initializer.Glorot, 1e300)]
    [InlineData(Initializer.Orthogonal, double.NaN)]
    [InlineData(Initializer.Identity, double.NegativeInfinity)]
    public void A_value_that_cannot_be_is_refused_before_anything_is_written(Initializer initializer, double value)
    {
        TensorInfo[] tensors =
        [
            new("good", new TensorShape(2), 0, new Initialization(Initializer.Ones)),
            new("bad", new TensorShape(2), 2, new TensorPart(1, new Initialization(Initializer.Ones)), new TensorPart(1, new Initialization(initializer, Value: value))),
        ];
        float[] parameters = new float[4];

        Should.Throw<ArgumentException>(() => ParameterInitializer.Fill(tensors, 1, parameters)).Message.ShouldStartWith("bad starts from");
        parameters.ShouldBe([0, 0, 0, 0]);
    }

    private static float[] Draw(TensorShape shape, Initialization initialization, int seed = 42)
    {
        float[] parameters = new float[shape.Length];
        ParameterInitializer.Fill([new TensorInfo("x", shape, 0, initialization)], seed, parameters);
        return parameters;
    }
}
