using System;
using System.Collections.Generic;
using Shouldly;
using Xunit;
using static Recurrent.Equations;

namespace Recurrent.Tests.Words;

/// <summary>The functions of one number, against values computed with 40 digits.</summary>
public class WordTests
{
    private const double Inf = double.PositiveInfinity;

    /// <summary>Every function of one number, its other numbers at their defaults.</summary>
    private static readonly Dictionary<string, (Func<double, double> OfNumber, Func<Vec, Vec> OfVec, Func<Mat, Mat> OfMat)> Words = new()
    {
        ["Sigmoid"] = (Sigmoid, Sigmoid, Sigmoid),
        ["Tanh"] = (Tanh, Tanh, Tanh),
        ["Relu"] = (Relu, Relu, Relu),
        ["LeakyRelu"] = (x => LeakyRelu(x), x => LeakyRelu(x), x => LeakyRelu(x)),
        ["Elu"] = (x => Elu(x), x => Elu(x), x => Elu(x)),
        ["Selu"] = (Selu, Selu, Selu),
        ["Softplus"] = (Softplus, Softplus, Softplus),
        ["Softsign"] = (Softsign, Softsign, Softsign),
        ["HardSigmoid"] = (x => HardSigmoid(x), x => HardSigmoid(x), x => HardSigmoid(x)),
        ["HardTanh"] = (HardTanh, HardTanh, HardTanh),
        ["Silu"] = (Silu, Silu, Silu),
        ["Gelu"] = (Gelu, Gelu, Gelu),
        ["Exp"] = (Exp, Exp, Exp),
        ["Expm1"] = (Expm1, Expm1, Expm1),
        ["Log"] = (Log, Log, Log),
        ["Log1p"] = (Log1p, Log1p, Log1p),
        ["Sqrt"] = (Sqrt, Sqrt, Sqrt),
        ["Rsqrt"] = (Rsqrt, Rsqrt, Rsqrt),
        ["Square"] = (Square, Square, Square),
        ["Erf"] = (Erf, Erf, Erf),
        ["Abs"] = (Abs, Abs, Abs),
        ["Sign"] = (Sign, Sign, Sign),
        ["Step"] = (Step, Step, Step),
        ["Detach"] = (Detach, Detach, Detach),
        ["Clamp to [-0.5, 2]"] = (x => Clamp(x, -0.5, 2), x => Clamp(x, -0.5, 2), x => Clamp(x, -0.5, 2)),
    };

    public static TheoryData<string> Names => [.. Words.Keys];

    [Theory]
    [InlineData("Sigmoid", -30, 9.357622968839299e-14)]
    [InlineData("Sigmoid", -2, 0.11920292202211756)]
    [InlineData("Sigmoid", 0, 0.5)]
    [InlineData("Sigmoid", 2, 0.8807970779778824)]
    [InlineData("Sigmoid", 800, 1)]
    [InlineData("Sigmoid", -800, 0)]
    [InlineData("Tanh", 0.5, 0.46211715726000973)]
    [InlineData("Tanh", -1e-9, -1e-9)]
    [InlineData("Relu", -3, 0)]
    [InlineData("Relu", 3, 3)]
    [InlineData("LeakyRelu", -3, -0.03)]
    [InlineData("LeakyRelu", 3, 3)]
    [InlineData("Elu", -8, -0.9996645373720975)]
    [InlineData("Elu", -1e-9, -9.999999995e-10)]
    [InlineData("Elu", 2, 2)]
    [InlineData("Selu", -2, -1.520166468595695)]
    [InlineData("Selu", -1e-9, -1.7580993399683274e-09)]
    [InlineData("Selu", 1, 1.0507009873554805)]
    [InlineData("Softplus", -30, 9.357622968839737e-14)]
    [InlineData("Softplus", -0.5, 0.4740769841801067)]
    [InlineData("Softplus", 0, 0.6931471805599453)]
    [InlineData("Softplus", 2, 2.1269280110429727)]
    [InlineData("Softplus", 1000, 1000)]
    [InlineData("Softplus", -1000, 0)]
    [InlineData("Softsign", -3, -0.75)]
    [InlineData("Softsign", 1, 0.5)]
    [InlineData("HardSigmoid", -3, 0)]
    [InlineData("HardSigmoid", 1, 0.6666666666666666)]
    [InlineData("HardSigmoid", 3.1, 1)]
    [InlineData("HardTanh", -1.5, -1)]
    [InlineData("HardTanh", 0.25, 0.25)]
    [InlineData("HardTanh", 7, 1)]
    [InlineData("Silu", -8, -0.002682801043731825)]
    [InlineData("Silu", 1, 0.7310585786300049)]
    [InlineData("Gelu", -4, -0.0001266849673324797)]
    [InlineData("Gelu", -0.5, -0.15426876936299344)]
    [InlineData("Gelu", 1e-9, 5.000000003989423e-10)]
    [InlineData("Gelu", 2, 1.9544997361036416)]
    [InlineData("Gelu", 40, 40)]
    [InlineData("Exp", 1, Math.E)]
    [InlineData("Expm1", -30, -0.9999999999999064)]
    [InlineData("Expm1", -0.5, -0.3934693402873666)]
    [InlineData("Expm1", 1e-9, 1.0000000005000001e-09)]
    [InlineData("Expm1", 1e-20, 1e-20)]
    [InlineData("Expm1", 2, 6.38905609893065)]
    [InlineData("Log", Math.E, 1)]
    [InlineData("Log1p", -0.75, -1.3862943611198906)]
    [InlineData("Log1p", -1e-9, -1.0000000005000001e-09)]
    [InlineData("Log1p", 1e-17, 1e-17)]
    [InlineData("Log1p", 1e10, 23.025850930040455)]
    [InlineData("Sqrt", 2, 1.4142135623730951)]
    [InlineData("Rsqrt", 2, 0.7071067811865476)]
    [InlineData("Square", -3, 9)]
    [InlineData("Erf", 1e-10, 1.1283791670955126e-10)]
    [InlineData("Erf", 0.1, 0.1124629160182849)]
    [InlineData("Erf", 0.5, 0.5204998778130465)]
    [InlineData("Erf", 0.99, 0.8385080695553698)]
    [InlineData("Erf", 1, 0.8427007929497149)]
    [InlineData("Erf", -1.5, -0.9661051464753108)]
    [InlineData("Erf", 3, 0.9999779095030014)]
    [InlineData("Erf", 5, 0.9999999999984626)]
    [InlineData("Abs", -3, 3)]
    [InlineData("Sign", -3, -1)]
    [InlineData("Sign", 1e-300, 1)]
    [InlineData("Step", 1e-300, 1)]
    [InlineData("Step", -1, 0)]
    [InlineData("Detach", -3, -3)]
    [InlineData("Clamp to [-0.5, 2]", -3, -0.5)]
    [InlineData("Clamp to [-0.5, 2]", 1, 1)]
    [InlineData("Clamp to [-0.5, 2]", 3, 2)]
    public void A_word_is_accurate(string name, double x, double expected) =>
        Words[name].OfNumber(x).ShouldBeNear(expected, 4e-15 * Math.Abs(expected), $"{name}({x})");

    [Theory]
    [InlineData("Sigmoid", 0, 1)]
    [InlineData("Tanh", -1, 1)]
    [InlineData("Relu", 0, Inf)]
    [InlineData("LeakyRelu", -Inf, Inf)]
    [InlineData("Elu", -1, Inf)]
    [InlineData("Selu", -1.7580993408473768, Inf)]
    [InlineData("Softplus", 0, Inf)]
    [InlineData("Softsign", double.NaN, double.NaN)]
    [InlineData("HardSigmoid", 0, 1)]
    [InlineData("HardTanh", -1, 1)]
    [InlineData("Silu", double.NaN, Inf)]
    [InlineData("Gelu", double.NaN, Inf)]
    [InlineData("Exp", 0, Inf)]
    [InlineData("Expm1", -1, Inf)]
    [InlineData("Log", double.NaN, Inf)]
    [InlineData("Log1p", double.NaN, Inf)]
    [InlineData("Sqrt", double.NaN, Inf)]
    [InlineData("Rsqrt", double.NaN, 0)]
    [InlineData("Square", Inf, Inf)]
    [InlineData("Erf", -1, 1)]
    [InlineData("Abs", Inf, Inf)]
    [InlineData("Sign", -1, 1)]
    [InlineData("Step", 0, 1)]
    [InlineData("Detach", -Inf, Inf)]
    [InlineData("Clamp to [-0.5, 2]", -0.5, 2)]
    public void A_word_has_its_limits_at_the_infinities_and_keeps_NaN(string name, double below, double above)
    {
        Words[name].OfNumber(-Inf).ShouldBeNear(below, 1e-15);
        Words[name].OfNumber(Inf).ShouldBe(above);
        Words[name].OfNumber(double.NaN).ShouldBe(name == "Step" ? 0 : double.NaN);
    }

    [Theory]
    [InlineData("Log", -Inf)]
    [InlineData("Rsqrt", Inf)]
    [InlineData("Exp", 1)]
    [InlineData("Sigmoid", 0.5)]
    [InlineData("HardSigmoid", 0.5)]
    [InlineData("Softplus", 0.6931471805599453)]
    [InlineData("Step", 0)]
    [InlineData("Sign", 0)]
    public void A_word_has_its_value_at_0(string name, double expected) => Words[name].OfNumber(0).ShouldBeNear(expected, 1e-16);

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Expm1")]
    [InlineData("Log1p")]
    [InlineData("Erf")]
    [InlineData("Sign")]
    [InlineData("Softsign")]
    [InlineData("Elu")]
    [InlineData("Sqrt")]
    public void A_word_that_passes_through_0_keeps_the_sign_of_0(string name)
    {
        foreach (double zero in (double[])[0.0, -0.0])
        {
            double value = Words[name].OfNumber(zero);
            value.ShouldBe(0);
            double.IsNegative(value).ShouldBe(double.IsNegative(zero));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_word_does_to_each_element_what_it_does_to_a_number(string name)
    {
        double[] elements = [-2.5, -0.0, 0.3, 1e9, double.NaN, 4];
        (Func<double, double> ofNumber, Func<Vec, Vec> ofVec, Func<Mat, Mat> ofMat) = Words[name];
        double[] expected = Array.ConvertAll(elements, element => ofNumber(element));

        ofVec(new Vec(elements)).AsSpan().ToArray().ShouldBe(expected);
        Mat matrix = ofMat(new Mat(2, 3, elements));
        (matrix.Rows, matrix.Columns).ShouldBe((2, 3));
        matrix.AsSpan().ToArray().ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.5, 0.4795001221869535)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(2, 0.004677734981047266)]
    [InlineData(5, 1.537459794428035e-12)]
    [InlineData(10, 2.088487583762545e-45)]
    [InlineData(20, 5.395865611607901e-176)]
    [InlineData(26, 5.663192408856143e-296)]
    [InlineData(30, 0)]
    [InlineData(Inf, 0)]
    [InlineData(-Inf, 2)]
    public void The_complement_of_the_error_function_keeps_its_relative_accuracy(double x, double expected) =>
        SpecialFunctions.Erfc(x).ShouldBeNear(expected, 2e-15 * expected);

    // Simpson's rule on the integral that defines it: an error of h^4 with 4,000 steps.
    [Fact]
    public void The_error_function_is_the_integral_that_defines_it()
    {
        for (double x = 0.03; x < 6; x += 0.07)
        {
            double h = x / 4000;
            double sum = 1 + Math.Exp(-x * x);
            for (int i = 1; i < 4000; i++)
            {
                sum += (i % 2 == 0 ? 2 : 4) * Math.Exp(-(i * h) * (i * h));
            }

            Erf(x).ShouldBe(2 / Math.Sqrt(Math.PI) * h / 3 * sum, 3e-14);
            Erf(-x).ShouldBe(-Erf(x));
        }
    }

    // What separates neighbours a billionth apart is the derivative: no jump where the formulas change over.
    [Theory]
    [InlineData("Erf")]
    [InlineData("Expm1")]
    [InlineData("Log1p")]
    [InlineData("Gelu")]
    public void A_word_has_no_jump(string name)
    {
        Func<double, double> word = Words[name].OfNumber;
        for (double x = -0.99; x < 7; x += 0.01)
        {
            double step = word(x + 1e-9) - word(x);
            double slope = (word(x + 1e-5) - word(x - 1e-5)) / 2e-5;
            step.ShouldBe(slope * 1e-9, 1e-12 * Math.Max(1, Math.Abs(word(x))), $"{name}({x})");
        }
    }
}
