using System;
using System.Linq;
using Recurrent.Gen;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>Vectors that wait in memory of the call, where registers do not hold two tiles.</summary>
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

    private static Keep[] Keeps(string layer, Target target)
    {
        LayerPlan plan = NetworkCompiler.Compile(Consumer.Build($"using Recurrent; [Network(Input = 1), {layer}] public partial class Policy;").Network("Policy")!).Layers[0];
        return [.. PassLowering.Lower(plan.Find(Pass.Step) ?? plan.Forward, target).Kernel.Body.All().OfType<Keep>()];
    }
}
