using Recurrent.Gen;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>The memory in which the loops of a time step hand values to each other.</summary>
public class ScratchTests
{
    [Theory]
    [InlineData("MLstm")]
    [InlineData("GatedDeltaNet")]
    [InlineData("Rwkv7")]
    public void A_time_step_forward_that_replaces_a_matrix_hands_vectors_over_and_no_matrix(string layer)
    {
        NetworkSpec network = Consumer.Build($"using Recurrent; [Network(Input = 64), {layer}(64)] public partial class Policy;").Network("Policy")!;
        LayerPlan plan = NetworkCompiler.Compile(network).Layers[0];

        plan.Forward.ScratchSize.ShouldBeLessThan(64 * 64);
        plan.Record.ScratchSize.ShouldBe(plan.Forward.ScratchSize);
    }
}
