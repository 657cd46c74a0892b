using System;
using Shouldly;
using Xunit;
using static Recurrent.Equations;

namespace Recurrent.Tests.Words;

public class ActivateTests
{
    public static TheoryData<Activation> All => [.. Enum.GetValues<Activation>()];

    // At x = -0.75 and x = 1.5: by default, and with alpha = 0.3 and beta = 0.2. Written out anew from the definitions.
    [Theory]
    [InlineData(Activation.Linear, -0.75, 1.5, -0.75, 1.5)]
    [InlineData(Activation.Relu, 0, 1.5, 0, 1.5)]
    [InlineData(Activation.Sigmoid, 0.320821300824607, 0.8175744761936437, 0.320821300824607, 0.8175744761936437)]
    [InlineData(Activation.Tanh, -0.6351489523872873, 0.9051482536448664, -0.6351489523872873, 0.9051482536448664)]
    [InlineData(Activation.LeakyRelu, -0.0075, 1.5, -0.225, 1.5)]
    [InlineData(Activation.Elu, -0.5276334472589853, 1.5, -0.15829003417769558, 1.5)]
    [InlineData(Activation.Selu, -0.9276320158350512, 1.5760514810332207, -0.9276320158350512, 1.5760514810332207)]
    [InlineData(Activation.Softplus, 0.38687100611489994, 1.7014132779827524, 0.38687100611489994, 1.7014132779827524)]
    [InlineData(Activation.Softsign, -0.42857142857142855, 0.6, -0.42857142857142855, 0.6)]
    [InlineData(Activation.HardSigmoid, 0.375, 0.75, 0, 0.65)]
    [InlineData(Activation.HardTanh, -0.75, 1, -0.75, 1)]
    [InlineData(Activation.Silu, -0.24061597561845527, 1.2263617142904655, -0.24061597561845527, 1.2263617142904655)]
    [InlineData(Activation.Gelu, -0.16997051428265114, 1.399789198096713, -0.16997051428265114, 1.399789198096713)]
    [InlineData(Activation.ThresholdedRelu, 0, 1.5, 0, 1.5)]
    [InlineData(Activation.ScaledTanh, -0.6351489523872873, 0.9051482536448664, -0.044665510086995396, 0.08739378373547727)]
    [InlineData(Activation.Affine, -0.75, 1.5, -0.025, 0.65)]
    public void An_activation_is_its_formula(Activation activation, double below, double above, double given, double givenAbove)
    {
        Near(Activate(activation, -0.75), below);
        Near(Activate(activation, 1.5), above);
        Near(Activate(activation, -0.75, 0.3, 0.2), given);
        Near(Activate(activation, 1.5, 0.3, 0.2), givenAbove);

        static void Near(double actual, double expected) => actual.ShouldBe(expected, 4e-15);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_activation_is_applied_to_each_element(Activation activation)
    {
        double[] x = [-2, 0.5, double.NaN, 3];
        double[] plain = Array.ConvertAll(x, v => Activate(activation, v));
        double[] given = Array.ConvertAll(x, v => Activate(activation, v, 0.7, 0.1));

        plain[2].ShouldBe(double.NaN);
        given[2].ShouldBe(double.NaN);
        Activate(activation, new Vec(x)).ShouldHold(plain);
        Activate(activation, new Mat(2, 2, x)).ShouldHold(2, 2, plain);
        Activate(activation, new Vec(x), 0.7, 0.1).ShouldHold(given);
        Activate(activation, new Mat(2, 2, x), 0.7, 0.1).ShouldHold(2, 2, given);
    }

    [Fact]
    public void A_threshold_itself_gives_0()
    {
        Activate(Activation.ThresholdedRelu, 1).ShouldBe(0);
        Activate(Activation.ThresholdedRelu, 0.5, 0.25, 0).ShouldBe(0.5);
        Activate(Activation.ThresholdedRelu, double.NegativeInfinity).ShouldBe(0);
    }

    [Fact]
    public void The_first_activations_keep_their_numbers() =>
        ((int)Activation.Linear, (int)Activation.Relu, (int)Activation.Sigmoid, (int)Activation.Tanh).ShouldBe((0, 1, 2, 3));

    [Fact]
    public void A_number_that_is_no_activation_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Activate((Activation)99, 1.0)).ActualValue.ShouldBe((Activation)99);
        Should.Throw<ArgumentOutOfRangeException>(() => Activate((Activation)(-1), new Vec(1), 1, 1));
    }
}
