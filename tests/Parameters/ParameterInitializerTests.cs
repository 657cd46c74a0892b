using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Parameters;

public class ParameterInitializerTests
{
    private const int Count = 1_000_000;

    // The first numbers that the authors' program gives for this seed.
    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        SplitMix64 random = new(1_234_567);

        Enumerable.Range(0, 5).Select(_ => random.Next()).ShouldBe(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]);
    }

    // From a second implementation of the same definitions, in another language: a change of any bit breaks saved experiments.
    [Theory]
    [InlineData(
        7,
        new uint[] { 0xBD02444B, 0xBE0ED6C8, 0x3DECEEB1, 0x3CC41DA3 },
        new uint[] { 0x3F41DFDA, 0x3F670CD7, 0x3ED47EFF, 0xC0187311, 0xBF4722D1, 0xBD891287, 0xBF35B146, 0x3F1EB16D })]
    [InlineData(
        -1,
        new uint[] { 0xBC636314, 0xBD0E99CE, 0x3DFEB574, 0xBDFBD316 },
        new uint[] { 0x3E5EC5B9, 0x4023CC46, 0x3F70C1B0, 0x3F09EC6C, 0xBEF76D6B, 0x3F1FDFAC, 0x3F60E1BC, 0xBEE947E4 })]
    public void A_seed_gives_the_same_bits_everywhere(int seed, uint[] uniform, uint[] normal)
    {
        TensorInfo[] tensors =
        [
            new("uniform", new TensorShape(2, 2), 0, new Initialization(Initializer.Uniform, 48)),
            new("normal", new TensorShape(8), 4, new Initialization(Initializer.Normal)),
        ];
        float[] parameters = new float[12];

        ParameterInitializer.Fill(tensors, seed, parameters);

        Array.ConvertAll(parameters, BitConverter.SingleToUInt32Bits).ShouldBe([.. uniform, .. normal]);
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        float[] one = Draw(new Initialization(Initializer.Uniform, 4), seed: 1);
        float[] two = Draw(new Initialization(Initializer.Uniform, 4), seed: 2);

        // Two floats out of 2^24 or so fall together now and then.
        one.Zip(two).Count(pair => pair.First == pair.Second).ShouldBeLessThan(10);
        Draw(new Initialization(Initializer.Uniform, 4), seed: 1).ShouldBe(one);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(128)]
    public void Uniform_fills_its_bounds_evenly(int fan)
    {
        float bound = (float)(1 / Math.Sqrt(fan));
        float[] values = Draw(new Initialization(Initializer.Uniform, fan));

        values.Max().ShouldBeInRange(0.9999f * bound, bound);
        values.Min().ShouldBeInRange(-bound, -0.9999f * bound);
        ShouldHaveMoments(values, bound * Math.Sqrt(1.0 / 3), kurtosis: 9.0 / 5);
        foreach (int tenths in Enumerable.Range(-9, 19))
        {
            double share = values.Count(value => value < tenths / 10.0 * bound) / (double)Count;
            share.ShouldBe((tenths + 10) / 20.0, 0.0025); // 5 standard deviations
        }
    }

    [Fact]
    public void Normal_has_the_normal_distribution()
    {
        float[] values = Draw(new Initialization(Initializer.Normal));

        ShouldHaveMoments(values, 1, kurtosis: 3);

        // The normal distribution's function, from tables.
        foreach ((double at, double expected) in new[]
            {
                (-4, 3.1671e-5), (-3, 1.349898e-3), (-2, 2.2750132e-2), (-1.5, 6.6807201e-2), (-1, 0.158655254), (-0.5, 0.308537539), (0, 0.5),
                (0.25, 0.598706326), (0.5, 0.691462461), (0.75, 0.773372648), (1, 0.841344746), (1.25, 0.894350226), (2, 0.977249868), (3, 0.998650102),
            })
        {
            double share = values.Count(value => value < at) / (double)Count;
            share.ShouldBe(expected, 5 * Math.Sqrt(expected * (1 - expected) / Count));
        }
    }

    [Theory]
    [InlineData(Initializer.Zeros, 0f)]
    [InlineData(Initializer.Ones, 1f)]
    public void A_constant_is_everywhere_the_same(Initializer initializer, float value) =>
        Draw(new Initialization(initializer)).AsSpan().IndexOfAnyExcept(value).ShouldBe(-1);

    [Fact]
    public void Constants_draw_nothing_from_the_generator()
    {
        Initialization normal = new(Initializer.Normal);
        float[] alone = new float[3];
        float[] after = new float[5];

        ParameterInitializer.Fill([new TensorInfo("n", new TensorShape(3), 0, normal)], 5, alone);
        ParameterInitializer.Fill(
            [new TensorInfo("z", new TensorShape(2), 0, new Initialization(Initializer.Ones)), new TensorInfo("n", new TensorShape(3), 2, normal)], 5, after);

        after.ShouldBe([1, 1, .. alone]);
    }

    [Theory]
    [InlineData(Initializer.Uniform, 0)]
    [InlineData(Initializer.Uniform, -3)]
    [InlineData((Initializer)77, 1)]
    public void An_initialization_that_is_none_is_refused_before_anything_is_written(Initializer initializer, int fan)
    {
        TensorInfo[] tensors =
        [
            new("good", new TensorShape(2), 0, new Initialization(Initializer.Ones)),
            new("bad", new TensorShape(2), 2, new Initialization(initializer, fan)),
        ];
        float[] parameters = new float[4];

        Should.Throw<ArgumentException>(() => ParameterInitializer.Fill(tensors, 1, parameters)).Message.ShouldStartWith("bad starts from");
        Should.Throw<ArgumentException>(() => ParameterInitializer.Fill(tensors, 1, new float[5]));
        parameters.ShouldBe([0, 0, 0, 0]);
    }

    private static float[] Draw(Initialization initialization, int seed = 42)
    {
        float[] parameters = new float[Count];
        ParameterInitializer.Fill([new TensorInfo("x", new TensorShape(Count), 0, initialization)], seed, parameters);
        return parameters;
    }

    private static void ShouldHaveMoments(float[] values, double deviation, double kurtosis)
    {
        double[] standard = Array.ConvertAll(values, value => value / deviation);
        double[] moments = [.. Enumerable.Range(1, 4).Select(k => standard.Average(x => Math.Pow(x, k)))];

        // 5 standard deviations of each moment's estimate, from the normal distribution's moments up to the eighth.
        moments[0].ShouldBe(0, 5 * Math.Sqrt(1.0 / Count));
        moments[1].ShouldBe(1, 5 * Math.Sqrt(2.0 / Count));
        moments[2].ShouldBe(0, 5 * Math.Sqrt(15.0 / Count));
        moments[3].ShouldBe(kurtosis, 5 * Math.Sqrt(96.0 / Count));
    }
}
