using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Recurrent.Gen;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

public class IncrementalTests
{
    private const string Network =
        """
        using Recurrent;
        [Cell] public struct Leaky { public static Vec Step(Vec x, Vec h, Mat W, Vec b) => 0.5 * h + W * x + b; }
        [Network(Input = 3), Layer<Leaky>(4), Gru(5)]
        public partial class Policy;
        """;

    [Fact]
    public void An_edit_in_another_file_leaves_every_step_cached()
    {
        GeneratorRunResult result = RunAfterEdit("class Other { }", "class Other { int _field; }", "Source1.cs");

        Reasons(result, RecurrentGenerator.CellsStep).ShouldAllBe(reason => IsKept(reason));
        Reasons(result, RecurrentGenerator.NetworksStep).ShouldAllBe(reason => IsKept(reason));
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void An_edit_beside_a_network_in_its_file_leaves_every_output_cached()
    {
        GeneratorRunResult result = RunAfterEdit(Network, "// A remark.\n" + Network + "class Neighbour { }", "Source0.cs");

        Reasons(result, RecurrentGenerator.NetworksStep).ShouldAllBe(reason => IsKept(reason));
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void An_edit_of_a_cell_renews_the_cell_and_the_networks_that_use_it()
    {
        GeneratorRunResult result = RunAfterEdit(Network, Network.Replace("0.5", "0.25"), "Source0.cs");

        Reasons(result, RecurrentGenerator.CellsStep).ShouldBe([IncrementalStepRunReason.Modified]);
        Reasons(result, RecurrentGenerator.NetworksStep).ShouldBe([IncrementalStepRunReason.Modified]);
    }

    [Fact]
    public void A_change_of_a_zeros_sign_renews_the_cell()
    {
        GeneratorRunResult result = RunAfterEdit(Network.Replace("0.5", "0.0"), Network.Replace("0.5", "-0.0"), "Source0.cs");

        Reasons(result, RecurrentGenerator.CellsStep).ShouldBe([IncrementalStepRunReason.Modified]);
    }

    private static GeneratorRunResult RunAfterEdit(string before, string after, string path)
    {
        string[] sources = path == "Source0.cs" ? [before, "class Other { }"] : [Network, before];
        CSharpCompilation compilation = Consumer.Compile(sources);
        GeneratorDriver driver = Consumer.Driver(trackSteps: true).RunGenerators(compilation);
        SyntaxTree edited = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(edited, Consumer.Parse(after, path)))
            .GetRunResult().Results.Single();
    }

    private static bool IsKept(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static ImmutableArray<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step)
    {
        ImmutableArray<IncrementalStepRunReason> reasons =
            [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];
        reasons.ShouldNotBeEmpty();
        return reasons;
    }
}
