using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>The emitted functions of one number over a sweep of all floats: one in every <see cref="Stride"/> bit patterns, 4.2 million.</summary>
public class ActivationTests
{
    /// <summary>A prime: the low bits of the sweep take all values.</summary>
    private const uint Stride = 1021;

    private static readonly Lazy<float[]> Sweep = new(Floats);

    /// <summary>Functions, and how many units in the last place each may err by.</summary>
    private static readonly Dictionary<string, double> MostUlps = new()
    {
        ["Sigmoid"] = 2,
        ["Tanh"] = 1.8,
        ["PowerSigmoid"] = 2,
        ["Relu"] = 0,
        ["Positive"] = 0,
        ["Exp"] = 1.1,
        ["Expm1"] = 1.7,
        ["Softplus"] = 1.6,
        ["Log"] = 1.4,
        ["Log1p"] = 1.9,
        ["Sqrt"] = 0.5,
        ["Abs"] = 0,
        ["Sign"] = 0,
        ["Erf"] = 1.2,
    };

    public static TheoryData<string> Functions => new(MostUlps.Keys);

    public static TheoryData<string> Monotone => new(MostUlps.Keys.Where(name => name != "Abs"));

    /// <summary>Arguments at which a function has one right value, to the bit.</summary>
    public static TheoryData<string, float, float> SpecialPoints => new()
    {
        { "Sigmoid", 0f, 0.5f },
        { "Sigmoid", -0f, 0.5f },
        { "Sigmoid", float.PositiveInfinity, 1f },
        { "Sigmoid", float.NegativeInfinity, 0f },
        { "Sigmoid", float.MaxValue, 1f },
        { "Sigmoid", float.MinValue, 0f },
        { "Tanh", 0f, 0f },
        { "Tanh", -0f, -0f },
        { "Tanh", float.Epsilon, float.Epsilon },
        { "Tanh", float.PositiveInfinity, 1f },
        { "Tanh", float.NegativeInfinity, -1f },
        { "Tanh", float.MaxValue, 1f },
        { "Tanh", float.MinValue, -1f },
        { "PowerSigmoid", 0f, 0.5f },
        { "PowerSigmoid", -0f, 0.5f },
        { "PowerSigmoid", float.PositiveInfinity, 0f },
        { "PowerSigmoid", float.NegativeInfinity, 1f },
        { "PowerSigmoid", float.MaxValue, 0f },
        { "PowerSigmoid", float.MinValue, 1f },
        { "Relu", 0f, 0f },
        { "Relu", -0f, -0f },
        { "Relu", float.Epsilon, float.Epsilon },
        { "Relu", -float.Epsilon, 0f },
        { "Relu", float.PositiveInfinity, float.PositiveInfinity },
        { "Relu", float.NegativeInfinity, 0f },
        { "Positive", 0f, 0f },
        { "Positive", -0f, 0f },
        { "Positive", float.Epsilon, 1f },
        { "Positive", float.NaN, 0f },
        { "Exp", 0f, 1f },
        { "Exp", -0f, 1f },
        { "Exp", 88.72284f, float.PositiveInfinity },
        { "Exp", float.MaxValue, float.PositiveInfinity },
        { "Exp", float.PositiveInfinity, float.PositiveInfinity },
        { "Exp", -103.9f, float.Epsilon },
        { "Exp", -104f, 0f },
        { "Exp", float.MinValue, 0f },
        { "Exp", float.NegativeInfinity, 0f },
        { "Expm1", 0f, 0f },
        { "Expm1", -0f, -0f },
        { "Expm1", float.Epsilon, float.Epsilon },
        { "Expm1", -float.Epsilon, -float.Epsilon },
        { "Expm1", 88.72284f, float.PositiveInfinity },
        { "Expm1", float.PositiveInfinity, float.PositiveInfinity },
        { "Expm1", float.MinValue, -1f },
        { "Expm1", float.NegativeInfinity, -1f },
        { "Softplus", 0f, 0.6931472f },
        { "Softplus", -0f, 0.6931472f },
        { "Softplus", -103.9f, float.Epsilon },
        { "Softplus", -104f, 0f },
        { "Softplus", 20f, 20f },
        { "Softplus", float.MaxValue, float.MaxValue },
        { "Softplus", float.MinValue, 0f },
        { "Softplus", float.PositiveInfinity, float.PositiveInfinity },
        { "Softplus", float.NegativeInfinity, 0f },
        { "Log", 1f, 0f },
        { "Log", 0f, float.NegativeInfinity },
        { "Log", -0f, float.NegativeInfinity },
        { "Log", -float.Epsilon, float.NaN },
        { "Log", float.NegativeInfinity, float.NaN },
        { "Log", float.PositiveInfinity, float.PositiveInfinity },
        { "Log1p", 0f, 0f },
        { "Log1p", -0f, -0f },
        { "Log1p", float.Epsilon, float.Epsilon },
        { "Log1p", -float.Epsilon, -float.Epsilon },
        { "Log1p", -1f, float.NegativeInfinity },
        { "Log1p", -1.0000001f, float.NaN },
        { "Log1p", float.NegativeInfinity, float.NaN },
        { "Log1p", float.PositiveInfinity, float.PositiveInfinity },
        { "Sqrt", 0f, 0f },
        { "Sqrt", -0f, -0f },
        { "Sqrt", 4f, 2f },
        { "Sqrt", -float.Epsilon, float.NaN },
        { "Sqrt", float.PositiveInfinity, float.PositiveInfinity },
        { "Abs", -0f, 0f },
        { "Abs", float.NegativeInfinity, float.PositiveInfinity },
        { "Sign", 0f, 0f },
        { "Sign", -0f, -0f },
        { "Sign", float.Epsilon, 1f },
        { "Sign", float.NegativeInfinity, -1f },
        { "Erf", 0f, 0f },
        { "Erf", -0f, -0f },
        { "Erf", float.Epsilon, float.Epsilon },
        { "Erf", 4f, 1f },
        { "Erf", float.MaxValue, 1f },
        { "Erf", float.PositiveInfinity, 1f },
        { "Erf", float.NegativeInfinity, -1f },
    };

    [Fact]
    public void Every_function_of_one_number_is_tested() =>
        Activations.All.Where(function => function.Parameters.Count == 1).Select(function => function.Name).ShouldBe(MostUlps.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_within_its_error_everywhere(string name) => CheckError(name, Sweep.Value);

    /// <summary>Around the floats at which a sweep over all of them finds the greatest error.</summary>
    [Theory]
    [InlineData("Sigmoid", -15.39f, -15.38f)]
    [InlineData("PowerSigmoid", 21.5f, 21.51f)]
    [InlineData("Tanh", 0.25f, 0.26f)]
    [InlineData("Exp", 26.7f, 26.71f)]
    [InlineData("Erf", -0.76f, -0.75f)]
    [InlineData("Softplus", -1.31f, -1.3f)]
    public void A_function_is_within_its_error_where_that_is_greatest(string name, float from, float to) => CheckError(name, Neighbours(from, to));

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_has_the_same_bits_on_every_instruction_set(string name)
    {
        float[] expected = CompiledFunctions.Apply(name, InstructionSet.Scalar, Sweep.Value);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            float[] actual = CompiledFunctions.Apply(name, instructionSet, Sweep.Value);
            for (int i = 0; i < actual.Length; i++)
            {
                if (BitConverter.SingleToInt32Bits(actual[i]) != BitConverter.SingleToInt32Bits(expected[i]) && !(float.IsNaN(actual[i]) && float.IsNaN(expected[i])))
                {
                    Assert.Fail(string.Create(
                        CultureInfo.InvariantCulture, $"{instructionSet}: {name}({Sweep.Value[i]:R}) is {actual[i]:R}; Scalar gives {expected[i]:R}."));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SpecialPoints))]
    public void A_function_is_exact_at_its_special_points(string name, float x, float expected)
    {
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Bits.ShouldBeSame([CompiledFunctions.At(name, instructionSet, x)], [expected], $"{instructionSet}: {name}({x})");
        }
    }

    [Theory]
    [InlineData("Tanh", -1)]
    [InlineData("Sign", -1)]
    [InlineData("Erf", -1)]
    [InlineData("Abs", 1)]
    public void A_function_is_exactly_as_odd_or_even_as_its_formula(string name, int sign)
    {
        float[] values = [.. Sweep.Value.Take(1 << 20)];
        float[] mirrored = CompiledFunctions.Apply(name, InstructionSet.Scalar, [.. values.Select(x => -x)]);

        Bits.ShouldBeSame(mirrored, [.. CompiledFunctions.Apply(name, InstructionSet.Scalar, values).Select(y => sign * y)], name);
    }

    [Theory]
    [MemberData(nameof(Monotone))]
    public void A_function_nowhere_turns_back_by_more_than_its_error(string name)
    {
        int sign = name == "PowerSigmoid" ? -1 : 1;
        float[] ascending = [.. Sweep.Value.Where(x => !double.IsNaN(ScalarFunctions.Exact(name, x)) && !float.IsNaN(x)).OrderBy(x => sign * x)];
        ascending = ascending[(ascending.Length % CompiledFunctions.Lanes)..];
        float[] values = CompiledFunctions.Apply(name, InstructionSet.Scalar, ascending);
        for (int i = 1; i < values.Length; i++)
        {
            if (!(values[i] >= values[i - 1]) && !(Ulps.Finite(values[i]) >= Ulps.Finite(values[i - 1]) - (2 * MostUlps[name] * Ulps.At(values[i]))))
            {
                Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture, $"{name}({ascending[i]:R}) is {values[i]:R}, but {name}({ascending[i - 1]:R}) is {values[i - 1]:R}."));
            }
        }
    }

    /// <summary>Around places where formulas meet, and where a step from a float to the next is small beside what is rounded; every float is what a sweep without a stride looks at.</summary>
    [Theory]
    [InlineData("Erf", 0.74f, 0.76f)]
    [InlineData("Erf", 1.6f, 1.8f)]
    [InlineData("Erf", 3.35f, 3.36f)]
    [InlineData("Softplus", -1.02f, -0.98f)]
    [InlineData("Softplus", -1e-3f, -0.9e-3f)]
    [InlineData("Softplus", 0.98f, 1.02f)]
    [InlineData("Sigmoid", -0.41f, -0.33f)]
    [InlineData("PowerSigmoid", -0.51f, -0.48f)]
    [InlineData("PowerSigmoid", 0.6f, 0.65f)]
    [InlineData("Tanh", 0.24f, 0.26f)]
    [InlineData("Tanh", 0.7f, 0.76f)]
    [InlineData("Tanh", 1.24f, 1.26f)]
    [InlineData("Tanh", 2.24f, 2.26f)]
    [InlineData("Tanh", 3.24f, 3.26f)]
    [InlineData("Tanh", 5.24f, 5.26f)]
    [InlineData("Tanh", 7.24f, 7.26f)]
    [InlineData("Tanh", 9.02f, 9.04f)]
    [InlineData("Exp", 0.34f, 0.36f)]
    public void A_function_does_not_turn_back_between_neighbours(string name, float from, float to)
    {
        float[] ascending = Neighbours(from, to);
        int sign = name == "PowerSigmoid" ? -1 : 1;
        float[] values = CompiledFunctions.Apply(name, InstructionSet.Scalar, ascending);
        for (int i = 1; i < values.Length; i++)
        {
            if (!(sign * values[i] >= sign * values[i - 1]))
            {
                Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture, $"{name}({ascending[i]:R}) is {values[i]:R}, but {name}({ascending[i - 1]:R}) is {values[i - 1]:R}."));
            }
        }
    }

    private static void CheckError(string name, float[] arguments)
    {
        float[] actual = CompiledFunctions.Apply(name, InstructionSet.Scalar, arguments);
        double worst = 0;
        float at = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            float x = arguments[i];
            double exact = ScalarFunctions.Exact(name, x);
            if (double.IsNaN(exact))
            {
                if (!float.IsNaN(actual[i]))
                {
                    Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{name}({x:R}) is {actual[i]:R}, not a NaN."));
                }

                continue;
            }

            double error = Ulps.Error(actual[i], exact);
            if (!(error <= worst))
            {
                (worst, at) = (error, x);
            }
        }

        worst.ShouldBeLessThanOrEqualTo(MostUlps[name], string.Create(CultureInfo.InvariantCulture, $"{name}({at:R})"));
    }

    /// <summary>All floats between two, and as many behind as fill a vector.</summary>
    private static float[] Neighbours(float from, float to)
    {
        List<float> ascending = [];
        for (float x = from; x < to || ascending.Count % CompiledFunctions.Lanes > 0; x = MathF.BitIncrement(x))
        {
            ascending.Add(x);
        }

        return [.. ascending];
    }

    private static float[] Floats()
    {
        // Of a last vector that is not full, the rest is left out.
        float[] floats = new float[uint.MaxValue / Stride / CompiledFunctions.Lanes * CompiledFunctions.Lanes];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = BitConverter.UInt32BitsToSingle((uint)i * Stride);
        }

        return floats;
    }
}
