using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Odd cells, and random ones, alone and on top of each other: whatever is well-typed compiles, and computes what its equations say.</summary>
public class RandomCellTests
{
    private const int Steps = 4;

    /// <summary>More steps than a pass takes at once.</summary>
    private const int LongSequence = 67;

    private const int Cells = 40;

    private static readonly int[] Sizes = [1, 2, 7, 8, 9, 15, 16, 17, 33];

    private static readonly string[] LayerNames = ["w", "state", "Scalar", "_", "tape", "Step", "System", "x1", "lstm", "parameters", "Math", "y", "__", "float"];

    private static readonly RandomCell[] Drawn = [.. Enumerable.Range(0, Cells).Select(RandomCell.Draw)];

    private static readonly NetworkDeclaration[] Declarations = [.. OddCells.Networks, .. Drawn.Select(Alone), .. Enumerable.Range(0, Cells / 8).Select(Stack)];

    private static readonly Lazy<Consumer> Built = new(() => NetworkDeclaration.Build(
        Declarations, "using Recurrent;\nusing static Recurrent.Equations;\n\n" + OddCells.Source + string.Concat(Drawn.Select(cell => cell.Source))));

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Of(Built.Value, Declarations));

    public static TheoryData<string> Networks => new(Declarations.Select(declaration => declaration.Name));

    [Fact]
    public void Neither_the_analyzer_nor_the_compiler_has_anything_to_say()
    {
        Built.Value.AnalyzerDiagnostics(withGenerated: false).ShouldBeEmpty();
        Built.Value.Result.Results.ShouldAllBe(result => result.Exception == null);
        Built.Value.CompilerDiagnostics().Where(diagnostic => diagnostic.Location.SourceTree?.FilePath != "Source0.cs").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mode_gives_what_the_equations_give_with_the_same_bits_everywhere(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        RandomCellChecks.Values(network, Steps);
        RandomCellChecks.ForwardBits(network, Steps);
        RandomCellChecks.ForwardBits(network, LongSequence);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_those_of_the_equations_with_the_same_bits_everywhere(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        GradientTests.Check(network, Steps, most: 25, least: 1e-2);
        RandomCellChecks.BackwardBits(network, Steps);
        RandomCellChecks.BackwardBits(network, LongSequence);
    }

    private static NetworkDeclaration Alone(RandomCell cell, int index)
    {
        Random random = new(1000 + index);
        int input = Math.Max(cell.MinimumSize, Size(random));
        int size = random.Next(4) == 0 ? input : Math.Max(cell.MinimumSize, Size(random));
        return new NetworkDeclaration("Network" + cell.Name, input, cell.Layer(size, LayerNames[random.Next(LayerNames.Length)]));
    }

    private static NetworkDeclaration Stack(int seed)
    {
        Random random = new(2000 + seed);
        string[] names = [.. LayerNames];
        random.Shuffle(names);
        RandomCell[] cells = [.. names.Take(random.Next(2, 5)).Select(_ => Drawn[random.Next(Drawn.Length)])];
        int Fitting() => Math.Max(cells.Max(cell => cell.MinimumSize), Size(random));
        return new NetworkDeclaration($"Stack{seed}", Fitting(), [.. cells.Zip(names, (cell, name) => cell.Layer(Fitting(), name))]);
    }

    private static int Size(Random random) => Sizes[random.Next(Sizes.Length)];
}
