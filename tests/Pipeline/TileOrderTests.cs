using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>How tiles are cut, and in which order their statements stand.</summary>
public class TileOrderTests
{
    public static TheoryData<string> Names => new(Targets.All.Where(target => target.Lanes > 1).Select(target => target.Name));

    [Theory]
    [InlineData("Lstm(16)", "hNext_0", "o_1", "hNext_1")]
    [InlineData("Gru(24)", "n_0", "z_2", "n_2")]
    public void The_wait_of_the_last_tile_is_filled_with_functions_of_functions_of_the_tile_before(string layer, string before, string ofLast, string longest)
    {
        // With AVX2, blocks have 8 rows; a tile of the LSTM has one, as each of its sums is two partial ones, and the first tile of the GRU has two.
        Target target = Targets.All.Single(row => row.Name == "Avx2");
        List<string> names = [.. Body(layer, target).Select(statement => statement switch
        {
            Declare declare => declare.Name,
            Keep keep => keep.Name,
            _ => "",
        })];
        int At(string name) => names.IndexOf(name);

        At(before).ShouldBeGreaterThan(At(ofLast));
        At(longest).ShouldBeGreaterThan(At(before));
        At(ofLast).ShouldBeGreaterThan(-1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_are_read_four_at_once_where_weights_are_far_and_one_by_one_where_they_are_near(string name)
    {
        Target target = Targets.All.Single(row => row.Name == name);

        (Fours("Lstm(100)"), Ones("Lstm(100)")).ShouldBe((true, false));
        (Fours("Lstm(103)"), Ones("Lstm(103)")).ShouldBe((true, true));
        (Fours("Lstm(20)"), Ones("Lstm(20)")).ShouldBe((false, true));

        bool Fours(string layer) => Body(layer, target).Any(statement => statement is Declare { Value: LoadFour { Address.Pointer: "h" } });
        bool Ones(string layer) => Body(layer, target).Any(statement => statement is Declare { Value: Splat { Address.Pointer: "h" } });
    }

    [Theory]
    [InlineData("Avx512", 4)]
    [InlineData("Avx2", 8)]
    [InlineData("Vector128", 8)]
    public void Narrow_vectors_of_far_weights_have_twice_the_sums_of_the_widest(string name, int sums) =>
        Tiling.For(rows: 128, sums: 4, weights: 1 << 16, termsOfWord: 1, Targets.All.Single(row => row.Name == name)).Blocks.ShouldBe(sums / 4);

    private static IEnumerable<Statement> Body(string layer, Target target)
    {
        LayerPlan plan = NetworkCompiler.Compile(Consumer.Build($"using Recurrent; [Network(Input = 1), {layer}] public partial class Policy;").Network("Policy")!).Layers[0];
        return PassLowering.Lower(plan.Find(Pass.Step) ?? plan.Forward, target).Kernel.Body.All();
    }
}
