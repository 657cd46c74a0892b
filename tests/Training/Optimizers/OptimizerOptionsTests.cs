using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

public class OptimizerOptionsTests
{
    public static TheoryData<Action, string> OutsideTheirRanges => new()
    {
        { () => _ = new AdamOptions { Beta1 = 1 }, "Beta1 is 1; at least 0 and below 1 is wanted." },
        { () => _ = new AdamOptions { Beta2 = -0.5 }, "Beta2 is -0.5; at least 0 and below 1 is wanted." },
        { () => _ = new AdamOptions { Epsilon = double.PositiveInfinity }, "Epsilon is Infinity; a finite number of at least 0 is wanted." },
        { () => _ = new AdamWOptions { WeightDecay = -1 }, "WeightDecay is -1; a finite number of at least 0 is wanted." },
        { () => _ = new SgdOptions { Momentum = -1 }, "Momentum is -1; a finite number of at least 0 is wanted." },
        { () => _ = new SgdOptions { Dampening = double.NaN }, "Dampening is NaN; a finite number of at least 0 is wanted." },
        { () => _ = new RmsPropOptions { Alpha = 1 }, "Alpha is 1; at least 0 and below 1 is wanted." },
        { () => _ = new RmsPropOptions { Momentum = -1 }, "Momentum is -1; a finite number of at least 0 is wanted." },
        { () => _ = new RmsPropOptions { Epsilon = -1 }, "Epsilon is -1; a finite number of at least 0 is wanted." },
        { () => _ = new LionOptions { Beta1 = 2 }, "Beta1 is 2; at least 0 and below 1 is wanted." },
        { () => _ = new LionOptions { Beta2 = -2 }, "Beta2 is -2; at least 0 and below 1 is wanted." },
        { () => _ = new ParameterGroup(_ => true) { WeightDecay = double.NaN }, "WeightDecay is NaN; a finite number of at least 0 is wanted." },
        { () => _ = new ParameterGroup(_ => true) { LearningRateFactor = -2 }, "LearningRateFactor is -2; a finite number of at least 0 is wanted." },
        { () => new AdamOptions().Create([], -0.1), "learningRate is -0.1; a finite number of at least 0 is wanted." },
        { () => new AdamOptions().Create([], double.NaN), "learningRate is NaN; a finite number of at least 0 is wanted." },
        { () => new AdamOptions().Create([], 0.1).LearningRate = -3, "LearningRate is -3; a finite number of at least 0 is wanted." },
    };

    [Theory]
    [MemberData(nameof(OutsideTheirRanges))]
    public void A_setting_outside_its_range_is_refused_where_it_is_set(Action set, string message)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(set);

        error.Message.ShouldStartWith(message);
        message.ShouldStartWith(FormattableString.Invariant($"{error.ParamName} is {error.ActualValue};"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0.1)]
    public void Nesterovs_momentum_takes_momentum_without_dampening(double momentum, double dampening)
    {
        SgdOptions options = new() { Momentum = momentum, Dampening = dampening, Nesterov = true };

        Should.Throw<ArgumentException>(() => options.Create([], 0.1)).Message
            .ShouldBe(FormattableString.Invariant($"Momentum is {momentum} and Dampening {dampening}; with Nesterov, a momentum above 0 and no dampening are wanted."));
    }

    [Fact]
    public void AdamW_decays_by_a_hundredth_unless_told_otherwise_and_Adam_does_not()
    {
        new AdamWOptions().WeightDecay.ShouldBe(0.01);
        new AdamOptions().WeightDecay.ShouldBe(0);
    }
}
