using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>The emitted activations over a sweep of all floats: one in every <see cref="Stride"/> bit patterns, 4.2 million.</summary>
public class ActivationTests
{
    /// <summary>A prime: the low bits of the sweep take all values.</summary>
    private const uint Stride = 1021;

    private const double MostUlps = 2.5;

    public static TheoryData<string> Functions => ["Sigmoid", "Tanh", "Relu"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_activation_is_within_its_error_everywhere(string name)
    {
        Func<float, float> function = Scalar(name);
        double worst = 0;
        float at = 0;
        foreach (float x in Sweep())
        {
            double exact = Exact(name, x);
            float actual = function(x);
            if (float.IsNaN(x))
            {
                float.IsNaN(actual).ShouldBeTrue();
                continue;
            }

            double ulps = Math.Abs(actual - exact) / Ulp(exact);
            if (!(ulps <= worst))
            {
                (worst, at) = (ulps, x);
            }
        }

        worst.ShouldBeLessThanOrEqualTo(name == "Relu" ? 0 : MostUlps, string.Create(CultureInfo.InvariantCulture, $"{name}({at:R})"));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_activation_has_the_same_bits_on_every_instruction_set(string name)
    {
        Func<float, float> scalar = Scalar(name);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            (int lanes, Action<float[]> apply) = Vector(name, instructionSet);
            foreach (float[] batch in Sweep().Chunk(lanes).Where(batch => batch.Length == lanes))
            {
                float[] actual = [.. batch];
                apply(actual);
                for (int lane = 0; lane < lanes; lane++)
                {
                    float expected = scalar(batch[lane]);
                    if (BitConverter.SingleToInt32Bits(actual[lane]) != BitConverter.SingleToInt32Bits(expected) && !(float.IsNaN(actual[lane]) && float.IsNaN(expected)))
                    {
                        Assert.Fail(string.Create(
                            CultureInfo.InvariantCulture, $"{instructionSet}: {name}({batch[lane]:R}) is {actual[lane]:R}; Scalar gives {expected:R}."));
                    }
                }
            }
        }
    }

    [Fact]
    public void The_exponential_is_within_one_unit_where_it_is_used()
    {
        Func<float, float> exp = Scalar("Exp");
        double worst = Sweep().Where(x => x is <= 0 and >= -105).Max(x => Math.Abs(exp(x) - Math.Exp(x)) / Ulp(Math.Exp(x)));

        worst.ShouldBeInRange(0.5, 1);
    }

    [Theory]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", float.MaxValue, 1f)]
    [InlineData("Sigmoid", float.MinValue, 0f)]
    [InlineData("Tanh", 0f, 0f)]
    [InlineData("Tanh", float.Epsilon, float.Epsilon)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", float.MaxValue, 1f)]
    [InlineData("Tanh", float.MinValue, -1f)]
    [InlineData("Relu", 0f, 0f)]
    [InlineData("Relu", float.Epsilon, float.Epsilon)]
    [InlineData("Relu", -float.Epsilon, 0f)]
    [InlineData("Relu", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Relu", float.NegativeInfinity, 0f)]
    public void An_activation_is_exact_at_its_special_points(string name, float x, float expected)
    {
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Check(instructionSet, x, expected);
            if (x == 0)
            {
                Check(instructionSet, -0f, name == "Sigmoid" ? expected : -0f);
            }
        }

        void Check(InstructionSet instructionSet, float x, float expected)
        {
            (int lanes, Action<float[]> apply) = Vector(name, instructionSet);
            float[] values = Enumerable.Repeat(x, lanes).ToArray();
            apply(values);
            Bits.ShouldBeSame(values, Enumerable.Repeat(expected, lanes).ToArray(), $"{instructionSet}: {name}({x})");
        }
    }

    [Fact]
    public void Tanh_is_odd()
    {
        Func<float, float> tanh = Scalar("Tanh");
        Sweep().Where(x => x >= 0).All(x => BitConverter.SingleToInt32Bits(tanh(-x)) == BitConverter.SingleToInt32Bits(-tanh(x))).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("Tanh")]
    [InlineData("Relu")]
    public void An_activation_nowhere_falls_by_more_than_its_error(string name)
    {
        // The sweep counts the magnitudes of each sign upwards.
        Func<float, float> function = Scalar(name);
        foreach (bool isNegative in (bool[])[false, true])
        {
            float before = function(isNegative ? float.NegativeInfinity : 0f);
            IEnumerable<float> ascending = Sweep().Where(x => !float.IsNaN(x) && float.IsNegative(x) == isNegative);
            foreach (float x in isNegative ? ascending.Reverse() : ascending)
            {
                float value = function(x);
                ((before - value) / Ulp(value)).ShouldBeLessThanOrEqualTo(2 * MostUlps);
                before = value;
            }
        }
    }

    private static IEnumerable<float> Sweep()
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Stride)
        {
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        }
    }

    private static double Exact(string name, double x) => name switch
    {
        "Sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "Tanh" => Math.Tanh(x),
        _ => x > 0 ? x : 0,
    };

    /// <summary>The distance between floats around a number; that of denormal numbers below them.</summary>
    private static double Ulp(double value)
    {
        double magnitude = Math.Max(Math.Abs(value), Math.ScaleB(1, -126));
        return double.IsFinite(magnitude) ? Math.ScaleB(1, Math.Min(Math.ILogB(magnitude), 127) - 23) : 1;
    }

    private static MethodInfo Method(string name, InstructionSet instructionSet)
    {
        // The functions stand in a private class of each network that needs them.
        string network = name == "Relu" ? $"SmallDense{(int)Activation.Relu}" : "SmallLstm0";
        return NestedTypes(Networks.Get(network).Class.Type).Single(type => type.Name == $"{instructionSet}Math")
            .GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
    }

    private static IEnumerable<Type> NestedTypes(Type type) =>
        type.GetNestedTypes(BindingFlags.NonPublic).SelectMany(nested => NestedTypes(nested).Prepend(nested));

    private static Func<float, float> Scalar(string name) => Method(name, InstructionSet.Scalar).CreateDelegate<Func<float, float>>();

    /// <summary>A function that replaces the numbers of one vector.</summary>
    private static (int Lanes, Action<float[]> Apply) Vector(string name, InstructionSet instructionSet)
    {
        MethodInfo method = Method(name, instructionSet);
        if (method.ReturnType == typeof(float))
        {
            Func<float, float> one = method.CreateDelegate<Func<float, float>>();
            return (1, values => values[0] = one(values[0]));
        }

        if (method.ReturnType == typeof(Vector256<float>))
        {
            Func<Vector256<float>, Vector256<float>> eight = method.CreateDelegate<Func<Vector256<float>, Vector256<float>>>();
            return (8, values => eight(Vector256.Create(values)).CopyTo(values));
        }

        Func<Vector512<float>, Vector512<float>> sixteen = method.CreateDelegate<Func<Vector512<float>, Vector512<float>>>();
        return (16, values => sixteen(Vector512.Create(values)).CopyTo(values));
    }
}
