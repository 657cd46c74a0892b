using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>A layer without a state takes several time steps at once, and then one: a step of a stream is that one.</summary>
public class LastRowTests
{
    private const string Last = "for (int t = steps - steps % ";

    [Theory]
    [InlineData("Dense(16, Activation.Tanh)")]
    [InlineData("Dense(1, Activation.Sigmoid)")]
    [InlineData("Dense(33, Activation.Tanh)")]
    public void One_time_step_has_its_activation_behind_its_products_and_not_behind_memory(string layer)
    {
        string source = Consumer.Build($"using Recurrent;\n\n[Network(Input = 16), {layer}]\npublic sealed partial class Policy;\n")
            .Sources.Single(file => file.Key.EndsWith("dense0.Forward.g.cs", StringComparison.Ordinal)).Value;
        string[] steps = [.. source.Split(Last).Skip(1).Select(rest => rest.Split("for (int t = ")[0])];

        steps.ShouldNotBeEmpty();
        steps.ShouldAllBe(step => step.Contains("Math.Tanh(", StringComparison.Ordinal) || step.Contains("Math.PowerSigmoid(", StringComparison.Ordinal));
        steps.ShouldAllBe(step => !step.Contains("scratch", StringComparison.Ordinal));
    }
}
