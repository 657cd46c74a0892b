using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Transform;
using Recurrent.Tests.Graph;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Random graphs of every operation on scalars, vectors and matrices, compiled: their numbers and those of their gradients, and bits.</summary>
public class GraphLoweringTests
{
    private const int Count = 150;

    /// <summary>A graph is up to 40 operations deep, each of which may double an error.</summary>
    private const double Tolerance = 1e-4;

    private static readonly Lazy<IReadOnlyList<(OpGraph Graph, Leaves Leaves, NetworkClass Class)>> Compiled = new(() =>
    {
        (OpGraph Graph, Leaves Leaves)[] graphs = [.. Enumerable.Range(0, Count).Select(seed => new RandomGraph(seed, OpKind.Row)).Select(random => (Recurrent(random.Graph), random.Leaves))];
        return [.. graphs.Zip(GraphNetwork.Compile([.. graphs.Select(graph => Cell(graph.Graph))]), (graph, network) => (graph.Graph, graph.Leaves, network))];
    });

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, Count)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_step_gives_the_graph_s_numbers_with_the_same_bits_everywhere(int seed)
    {
        (OpGraph graph, Leaves leaves, NetworkClass network) = Compiled.Value[seed];
        double[][] expected = GraphInterpreter.Outputs(graph, leaves);
        float[]? scalar = null;
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            using Network compiled = network.Create(Floats(leaves.Parameters), instructionSet);
            float[] state = Floats(leaves.States);
            float[] output = new float[network.OutputSize];
            compiled.Step(Floats([leaves.Input]), state, output);

            Bits.ShouldBeNear(output, expected[0], Tolerance, $"{instructionSet}: output");
            Bits.ShouldBeNear(state, [.. expected[1..].SelectMany(value => value)], Tolerance, $"{instructionSet}: state");
            float[] all = [.. output, .. state];
            scalar ??= all;
            Bits.ShouldBeSame(all, scalar, $"{instructionSet}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Run_gives_the_bits_of_steps(int seed)
    {
        (OpGraph graph, Leaves leaves, NetworkClass network) = Compiled.Value[seed];
        float[] inputs = CompiledNetwork.Numbers(5 * network.InputSize, seed);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            using Network compiled = network.Create(Floats(leaves.Parameters), instructionSet);
            float[] state = Floats(leaves.States);
            float[] outputs = new float[5 * network.OutputSize];
            for (int t = 0; t < 5; t++)
            {
                compiled.Step(inputs.AsSpan(t * network.InputSize, network.InputSize), state, outputs.AsSpan(t * network.OutputSize, network.OutputSize));
            }

            float[] stateOfRun = Floats(leaves.States);
            float[] outputsOfRun = new float[outputs.Length];
            compiled.Run(inputs, stateOfRun, outputsOfRun);
            Bits.ShouldBeSame(outputsOfRun, outputs, $"{instructionSet}: outputs of Run");
            Bits.ShouldBeSame(stateOfRun, state, $"{instructionSet}: state of Run");

            stateOfRun = Floats(leaves.States);
            compiled.Forward(inputs, stateOfRun, outputsOfRun, new float[network.TapeSize(5)]);
            Bits.ShouldBeSame(outputsOfRun, outputs, $"{instructionSet}: outputs of Forward");
            Bits.ShouldBeSame(stateOfRun, state, $"{instructionSet}: state of Forward");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_backward_step_gives_the_derivative_s_numbers_with_the_same_bits_everywhere(int seed)
    {
        (OpGraph graph, Leaves leaves, NetworkClass network) = Compiled.Value[seed];
        OpGraph backward = Differentiate.Apply(graph, RandomGraph.ParameterShapes.Length);
        float[] outputGradients = CompiledNetwork.Numbers(network.OutputSize, 5);
        float[] stateGradients = CompiledNetwork.Numbers(network.StateSize, 6);
        double[][] given = GraphInterpreter.Outputs(backward, leaves with
        {
            Forward = GraphInterpreter.Evaluate(graph, leaves),
            Cotangents = [Bits.ToDouble(outputGradients), .. Parts(stateGradients, RandomGraph.StateShapes)],
        });
        double[] Expected(OutputKind kind, int index, int length)
        {
            int position = backward.Outputs.ToList().FindIndex(output => output.Kind == kind && output.Index == index);
            return position < 0 ? new double[length] : given[position];
        }

        float[]? scalar = null;
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            using Network compiled = network.Create(Floats(leaves.Parameters), instructionSet);
            float[] tape = new float[network.TapeSize(1)];
            compiled.Forward(Floats([leaves.Input]), Floats(leaves.States), new float[network.OutputSize], tape);
            float[] parameters = new float[network.ParameterCount];
            float[] state = [.. stateGradients];
            float[] input = new float[network.InputSize];
            compiled.Backward(outputGradients, state, tape, parameters, input);

            ShouldBeNear(input, Expected(OutputKind.InputGradient, 0, input.Length), $"{instructionSet}: input");
            ShouldBeNear(state, [.. RandomGraph.StateShapes.SelectMany((shape, i) => Expected(OutputKind.StateGradient, i, shape.Length))], $"{instructionSet}: state");
            ShouldBeNear(
                parameters, [.. RandomGraph.ParameterShapes.SelectMany((shape, i) => Expected(OutputKind.ParameterGradient, i, shape.Length))], $"{instructionSet}: parameters");
            float[] all = [.. input, .. state, .. parameters];
            scalar ??= all;
            Bits.ShouldBeSame(all, scalar, $"{instructionSet}");
        }
    }

    private static void ShouldBeNear(float[] actual, double[] expected, string what)
    {
        double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        Bits.ShouldBeNear([.. actual.Select(x => (float)(x / scale))], [.. expected.Select(x => x / scale)], 10 * Tolerance, what);
    }

    private static float[] Floats(double[][] values) => [.. values.SelectMany(value => value).Select(x => (float)x)];

    private static IEnumerable<double[]> Parts(float[] values, Shape[] shapes)
    {
        int start = 0;
        foreach (Shape shape in shapes)
        {
            yield return Bits.ToDouble(values.AsSpan(start, shape.Length));
            start += shape.Length;
        }
    }

    /// <summary>The graph with next states of the states' shapes: the last values that have them.</summary>
    private static OpGraph Recurrent(OpGraph graph) => graph with
    {
        Outputs = graph.Outputs.Select(output => output.Kind == OutputKind.NextState
            ? output with { Value = Enumerable.Range(0, graph.Ops.Count).Last(v => graph.Ops[v].Shape == RandomGraph.StateShapes[output.Index]) }
            : output).ToEquatableArray(),
    };

    private static CellGraph Cell(OpGraph graph) => new(
        "Graph",
        "x",
        new[] { "h", "s", "C" }.ToEquatableArray(),
        RandomGraph.ParameterShapes.Select((shape, i) => new CellParameter($"p{i}", shape, "Uniform", new Dim(4))).ToEquatableArray(),
        RandomGraph.ParameterShapes.Select((_, i) => new CellTensor($"p{i}", new[] { i }.ToEquatableArray())).ToEquatableArray(),
        graph);
}
