using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen;
using Recurrent.Gen.Lower;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>The order in which a loop computes what does not depend on each other.</summary>
public class CriticalPathTests
{
    [Theory]
    [InlineData("Lstm", "iSum fSum gSum oSum", "i f g o next hNext")]
    [InlineData("Gru", "rSum zSum nSum nPart2", "r z n hNext")]
    public void A_time_step_forward_begins_with_what_the_most_waits_for(string cell, string sums, string values)
    {
        PassPlan forward = Plan(cell).Forward;
        Nest nest = forward.Nests.ShouldHaveSingleItem();
        string[] named = values.Split(' ');

        string.Join(' ', nest.Sums.Select(sum => forward.Names[sum.Value])).ShouldBe(sums);
        nest.Values.Select(value => forward.Names[value]).Where(named.Contains).ShouldBe(named);
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    [InlineData("Cfc")]
    [InlineData("MLstm")]
    [InlineData("SLstm")]
    [InlineData("GatedDeltaNet")]
    public void Every_value_stands_behind_what_it_is_computed_from(string cell)
    {
        foreach (PassPlan plan in Plan(cell).Passes)
        {
            foreach (List<int> values in plan.Nests.Select(nest => nest.Values))
            {
                for (int i = 0; i < values.Count; i++)
                {
                    values.Skip(i).ShouldNotContain(value => plan.Facts.Operands(values[i]).Contains(value), $"{plan.Pass}: {plan.Names[values[i]]}");
                }
            }
        }
    }

    private static LayerPlan Plan(string cell) =>
        NetworkCompiler.Compile(Consumer.Build($"using Recurrent; [Network(Input = 3), {cell}(8)] public partial class Policy;").Network("Policy")!).Layers[0];
}
