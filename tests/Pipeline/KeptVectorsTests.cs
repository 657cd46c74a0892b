using System;
using System.Linq;
using Recurrent.Gen;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>What does not lie in registers where these do not hold two tiles: vectors wait in memory of the call, and constants are read where they are needed.</summary>
public class KeptVectorsTests
{
    [Theory]
    [InlineData("Lstm(32)")]
    [InlineData("Gru(20)")]
    [InlineData("Lstm(100)")]
    public void Sums_wait_in_memory_where_registers_are_few_and_in_registers_where_they_are_many(string layer)
    {
        foreach (Target target in Targets.All.Where(target => target.Lanes > 1))
        {
            Keeps(layer, target).Any().ShouldBe(!target.HasManyRegisters, target.Name);
        }
    }

    [Theory]
    [InlineData("Lstm(32)")]
    [InlineData("Gru(45)")]
    public void Nothing_is_kept_where_something_else_is_read_later(string layer)
    {
        foreach (Target target in Targets.All.Where(target => !target.HasManyRegisters))
        {
            // Tiles that stand one behind another write their states behind the last.
            int[] starts = [.. Keeps(layer, target).Select(keep => keep.Address.Offset)];

            starts.ShouldBeUnique();
            starts.ShouldAllBe(start => start % target.Lanes == 0);
        }
    }

    [Fact]
    public void Activations_stand_behind_a_branch_where_their_constants_are_more_than_registers_hold()
    {
        Consumer consumer = Consumer.Build("using Recurrent; [Network(Input = 1), Lstm(32)] public partial class Policy;");

        foreach (Target target in Targets.All)
        {
            // The sigmoid and the tangent, or the tangent alone, which has tables.
            int expected = target.Lanes == 1 ? 0 : target.HasManyRegisters ? 1 : 2;
            consumer.Sources[$"Policy.{target.Name}.g.cs"].Split("if (global::Recurrent.Unknown.False)").Length.ShouldBe(expected + 1, target.Name);
        }
    }

    private static Keep[] Keeps(string layer, Target target)
    {
        LayerPlan plan = NetworkCompiler.Compile(Consumer.Build($"using Recurrent; [Network(Input = 1), {layer}] public partial class Policy;").Network("Policy")!).Layers[0];
        return [.. PassLowering.Lower(plan.Find(Pass.Step) ?? plan.Forward, target).Kernel.Body.All().OfType<Keep>()];
    }
}
