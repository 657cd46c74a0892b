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

    /// <summary>Sums of random terms cancel; the error is one of the terms'.</summary>
    private const double Tolerance = 2e-5;

    private const int Cells = 40;

    private static readonly int[] Sizes = [1, 2, 7, 8, 9, 15, 16, 17, 33];

    private static readonly string[] LayerNames = ["w", "state", "Scalar", "_", "tape", "Step", "System", "x1", "lstm", "parameters", "Math", "y", "__", "float"];

    private static readonly RandomCell[] Drawn = [.. Enumerable.Range(0, Cells).Select(RandomCell.Draw)];

    private static readonly NetworkDeclaration[] Declarations = [.. OddCells.Networks, .. Drawn.Select(Alone), .. Enumerable.Range(0, Cells / 8).Select(Stack)];

    private static readonly Lazy<Consumer> Built = new(() => Consumer.Build(
        "using Recurrent;\nusing static Recurrent.Equations;\n\n"
        + OddCells.Source
        + string.Concat(Drawn.Select(cell => cell.Source))
        + string.Concat(Declarations.Select(declaration => declaration.Source))));

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => Declarations.ToDictionary(
        declaration => declaration.Name,
        declaration => new CompiledNetwork(declaration, NetworkClass.Of(Built.Value.Assembly.GetType(declaration.Name, throwOnError: true)!))));

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
        float[] inputs = network.Inputs(Steps);
        double[] state = Bits.ToDouble(network.State());
        BoundNetwork equations = network.Equations.Bind(Bits.ToDouble(network.Parameters()));
        foreach ((int step, float[] output, float[] after) in ForwardTests.Trajectory(network, InstructionSet.Scalar, Steps))
        {
            double[] expected = equations.Step(Bits.ToDouble(inputs.AsSpan(step * network.Class.InputSize, network.Class.InputSize)), state);
            Bits.ShouldBeNear(output, expected, Tolerance, $"step {step}: output");
            Bits.ShouldBeNear(after, state, Tolerance, $"step {step}: state");
        }

        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            ForwardTests.CheckSequence(network, Steps, instructionSet);
            ForwardTests.CheckSequence(network, LongSequence, instructionSet);
            ForwardTests.CheckStreams(network, 5, instructionSet);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_those_of_the_equations_with_the_same_bits_everywhere(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        GradientTests.Check(network, Steps, most: 25, least: 1e-2);
        foreach (int steps in (int[])[Steps, LongSequence])
        {
            Gradients scalar = Gradients.Of(network, steps, InstructionSet.Scalar);
            foreach (InstructionSet instructionSet in InstructionSets.Supported)
            {
                Gradients all = Gradients.Of(network, steps, instructionSet);
                Bits.ShouldBeSame(all.Parameters, scalar.Parameters, $"{instructionSet}: parameters");
                Bits.ShouldBeSame(all.State, scalar.State, $"{instructionSet}: state");
                Bits.ShouldBeSame(all.Inputs, scalar.Inputs, $"{instructionSet}: inputs");
                Gradients fewer = Gradients.Of(network, steps, instructionSet, withInputs: false);
                Bits.ShouldBeSame(fewer.Parameters, scalar.Parameters, $"{instructionSet}, without inputs: parameters");
                Bits.ShouldBeSame(fewer.State, scalar.State, $"{instructionSet}, without inputs: state");
            }
        }
    }

    private static NetworkDeclaration Alone(RandomCell cell, int index)
    {
        Random random = new(1000 + index);
        int input = Size(random);
        int size = random.Next(4) == 0 ? input : Size(random);
        return new NetworkDeclaration("Network" + cell.Name, input, cell.Layer(size, LayerNames[random.Next(LayerNames.Length)]));
    }

    private static NetworkDeclaration Stack(int seed)
    {
        Random random = new(2000 + seed);
        string[] names = [.. LayerNames];
        random.Shuffle(names);
        return new NetworkDeclaration(
            $"Stack{seed}", Size(random), [.. names.Take(random.Next(2, 5)).Select(name => Drawn[random.Next(Drawn.Length)].Layer(Size(random), name))]);
    }

    private static int Size(Random random) => Sizes[random.Next(Sizes.Length)];
}
