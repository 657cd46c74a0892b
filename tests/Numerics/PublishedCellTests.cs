using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Numerics.Reference;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Cells with time constants and linear memories against their papers' formulas, written a second time as loops over arrays of doubles.</summary>
public class PublishedCellTests
{
    private const int Steps = 7;

    /// <summary>Half the distance of the points of a difference: its error is that to the power of 2, and 1e-16 divided by it.</summary>
    private const double Distance = 1e-5;

    private static readonly PublishedCell[] Cells =
    [
        new PublishedRgLru(5),
        new PublishedRgLru(33),
        new PublishedSelectiveStateSpace(5, 3, rank: 0),
        new PublishedSelectiveStateSpace(18, 16, rank: 2),
        new PublishedSelectiveStateSpace(7, 35, rank: 1),
        new PublishedCfc(3, 4, 9, timeStep: 1),
        new PublishedCfc(19, 17, 35, timeStep: 0.25),
        new PublishedLtc(2, 5, timeStep: 1),
        new PublishedLtc(17, 18, timeStep: 0.5),
        new PublishedLmu(3, 5, 4, theta: 6, trainMemory: false),
        new PublishedLmu(1, 17, 33, theta: 40, trainMemory: false),
        new PublishedLmu(4, 6, 5, theta: 9, trainMemory: true),
    ];

    private static readonly Lazy<NetworkClass[]> Compiled = new(() =>
    {
        NetworkDeclaration[] declarations = [.. Cells.Select((cell, i) => new NetworkDeclaration($"Published{i}", cell.Input, cell.Layer))];
        Dictionary<string, CompiledNetwork> compiled = CompiledNetwork.Compile(declarations);
        return [.. declarations.Select(declaration => compiled[declaration.Name].Class)];
    });

    public static TheoryData<string> All => new(Cells.Select(Name));

    [Theory]
    [MemberData(nameof(All))]
    public void Calling_a_cell_gives_what_its_paper_gives(string name)
    {
        (PublishedCell cell, NetworkClass network, float[] parameters) = Get(name);
        Weights weights = new(network, Bits.ToDouble(parameters));
        double[] inputs = Bits.ToDouble(CompiledNetwork.Numbers(Steps * cell.Input, 2));
        double[][] state = Cut(Bits.ToDouble(CompiledNetwork.Numbers(network.StateSize, 3)), cell.States);
        for (int step = 0; step < Steps; step++)
        {
            double[] x = inputs[(step * cell.Input)..((step + 1) * cell.Input)];
            (double[] expected, double[][] next) = cell.Step(x, state, weights);
            (double[] output, double[][] states) = cell.Call(new Vec(x), state, weights);

            Difference(output, expected).ShouldBeLessThan(1e-12, $"step {step}: output");
            Difference([.. states.SelectMany(part => part)], [.. next.SelectMany(part => part)]).ShouldBeLessThan(1e-12, $"step {step}: state");
            state = next;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Compiled_networks_give_what_the_paper_gives(string name)
    {
        (PublishedCell cell, NetworkClass network, float[] parameters) = Get(name);
        float[] inputs = CompiledNetwork.Numbers(Steps * cell.Input, 2);
        (double[] expected, double[] expectedState) =
            Run(cell, new Weights(network, Bits.ToDouble(parameters)), Bits.ToDouble(inputs), Bits.ToDouble(CompiledNetwork.Numbers(network.StateSize, 3)));
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            using Network compiled = network.Create(parameters, instructionSet);
            float[] state = CompiledNetwork.Numbers(network.StateSize, 3);
            float[] outputs = new float[Steps * network.OutputSize];
            compiled.Run(inputs, state, outputs);

            Bits.ShouldBeNear(outputs, expected, 1e-5, $"{instructionSet}: outputs");
            Bits.ShouldBeNear(state, expectedState, 1e-5, $"{instructionSet}: state");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_are_limits_of_differences_of_what_the_paper_gives(string name)
    {
        (PublishedCell cell, NetworkClass network, float[] parameters) = Get(name);
        float[] inputs = CompiledNetwork.Numbers(Steps * cell.Input, 2);
        float[] initial = CompiledNetwork.Numbers(network.StateSize, 3);
        float[] outputWeights = CompiledNetwork.Numbers(Steps * network.OutputSize, 4);
        float[] stateWeights = CompiledNetwork.Numbers(network.StateSize, 5);

        using Network compiled = network.Create(parameters);
        float[] tape = new float[network.TapeSize(Steps)];
        compiled.Forward(inputs, [.. initial], new float[Steps * network.OutputSize], tape);
        float[] parameterGradients = new float[parameters.Length];
        float[] stateGradients = [.. stateWeights];
        float[] inputGradients = new float[inputs.Length];
        compiled.Backward(outputWeights, stateGradients, tape, parameterGradients, inputGradients);

        double[][] points = [Bits.ToDouble(parameters), Bits.ToDouble(inputs), Bits.ToDouble(initial)];
        double Loss()
        {
            (double[] outputs, double[] state) = Run(cell, new Weights(network, points[0]), points[1], points[2]);
            return outputs.Zip(outputWeights, (y, weight) => y * weight).Sum() + state.Zip(stateWeights, (s, weight) => s * weight).Sum();
        }

        Weights names = new(network, points[0]);
        foreach ((int set, float[] gradients) in new[] { (0, parameterGradients), (1, inputGradients), (2, stateGradients) })
        {
            double[] expected = new double[gradients.Length];
            for (int i = 0; i < expected.Length; i += 1 + (expected.Length / 150))
            {
                expected[i] = set == 0 && names.IsIn(i, cell.Constants) ? 0 : Differences.At(points[set], i, Loss, Distance);
            }

            double largest = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i += 1 + (expected.Length / 150))
            {
                ((double)gradients[i]).ShouldBe(expected[i], 2e-5 * largest, $"{(set == 0 ? "parameter" : set == 1 ? "input" : "state")} {i}");
            }
        }
    }

    [Fact]
    public void Nothing_is_gathered_for_a_memory_that_keeps_its_weights()
    {
        Consumer consumer = Consumer.Build("[Recurrent.Network(Input = 2), Recurrent.Lmu(3, 4, 5)] public sealed partial class Kept;");

        consumer.Sources.Keys.ShouldContain("Kept.lmu0.Load.g.cs");
        consumer.Sources.Keys.ShouldNotContain("Kept.lmu0.LoadBackward.g.cs");
    }

    private static string Name(PublishedCell cell) => $"{cell.Layer} of {cell.Input}";

    /// <summary>A cell, its network, and parameters around those that training starts from.</summary>
    private static (PublishedCell Cell, NetworkClass Network, float[] Parameters) Get(string name)
    {
        int position = Array.FindIndex(Cells, cell => Name(cell) == name);
        NetworkClass network = Compiled.Value[position];
        float[] parameters = new float[network.ParameterCount];
        using Network created = network.Create(seed: 1);
        created.CopyParametersTo(parameters);
        float[] noise = CompiledNetwork.Numbers(parameters.Length, 6);
        return (Cells[position], network, [.. parameters.Zip(noise, (value, change) => value + (0.2f * change))]);
    }

    private static (double[] Outputs, double[] State) Run(PublishedCell cell, Weights weights, double[] inputs, double[] initial)
    {
        double[][] state = Cut(initial, cell.States);
        List<double> outputs = [];
        for (int at = 0; at < inputs.Length; at += cell.Input)
        {
            (double[] output, state) = cell.Step(inputs[at..(at + cell.Input)], state, weights);
            outputs.AddRange(output);
        }

        return ([.. outputs], [.. state.SelectMany(part => part)]);
    }

    private static double[][] Cut(double[] values, IReadOnlyList<int> lengths)
    {
        int at = 0;
        return [.. lengths.Select(length => values[at..(at += length)])];
    }

    private static double Difference(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        return actual.Zip(expected, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).Max();
    }
}
