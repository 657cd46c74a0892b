using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

/// <summary>Every pass over random graphs of all operations, all ranks.</summary>
public class RandomGraphTests
{
    private const int Count = 150;
    private static readonly int ParameterCount = RandomGraph.ParameterShapes.Length;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, Count)];

    [Fact]
    public void The_random_graphs_have_every_operation_and_every_rank()
    {
        List<Op> ops = [.. Enumerable.Range(0, Count).SelectMany(seed => Simplify.Apply(new RandomGraph(seed).Graph).Ops)];

        ops.Select(op => op.Kind).ShouldBeSubsetOf([.. RandomGraph.Kinds, OpKind.Input, OpKind.State, OpKind.Parameter, OpKind.Constant]);
        RandomGraph.Kinds.ShouldBeSubsetOf(ops.Select(op => op.Kind));
        RandomGraph.Kinds.Where(kind => kind is >= OpKind.Add and <= OpKind.Detach).ShouldAllBe(
            kind => new[] { 0, 1, 2 }.All(rank => ops.Any(op => op.Kind == kind && op.Shape.Rank == rank)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_gradient_is_the_limit_of_differences(int seed)
    {
        RandomGraph random = new(seed);
        OpGraph backward = Differentiate.Apply(random.Graph, ParameterCount);

        Dictionary<(OutputKind, int), double[]> gradients = Gradients(random.Graph, backward, random.Leaves);

        double[][] constants = GraphInterpreter.Evaluate(random.Graph, random.Leaves);
        foreach ((OutputKind Kind, int Index, double[] Values) variable in Variables(random.Leaves))
        {
            double[] gradient = gradients.GetValueOrDefault((variable.Kind, variable.Index)) ?? new double[variable.Values.Length];
            for (int i = 0; i < gradient.Length; i++)
            {
                double difference = Difference(random, constants, variable.Values, i);
                gradient[i].ShouldBe(difference, 1e-6 * Math.Max(1, Math.Abs(difference)), $"{variable.Kind} {variable.Index}, element {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_simplified_graph_gives_the_same_numbers_and_is_simple(int seed)
    {
        RandomGraph random = new(seed);

        OpGraph simple = Simplify.Apply(random.Graph);

        GraphInterpreter.Outputs(simple, random.Leaves).ShouldBe(GraphInterpreter.Outputs(random.Graph, random.Leaves));
        Simplify.Apply(simple).ShouldBe(simple);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_simplified_gradient_gives_the_same_numbers_and_is_simple(int seed)
    {
        RandomGraph random = new(seed);
        OpGraph backward = Differentiate.Apply(random.Graph, ParameterCount);
        OpGraph simple = Simplify.Apply(random.Graph);

        Simplify.Apply(backward).ShouldBe(backward);
        ShouldAgree(Gradients(simple, Differentiate.Apply(simple, ParameterCount), random.Leaves), Gradients(random.Graph, backward, random.Leaves));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ordered_sums_are_equal_up_to_rounding_and_stay_as_they_are(int seed)
    {
        RandomGraph random = new(seed);

        OpGraph ordered = SumOrder.Apply(random.Graph);

        SumOrder.Apply(ordered).ShouldBe(ordered);
        foreach ((double[] value, double[] expected) in
            GraphInterpreter.Outputs(ordered, random.Leaves).Zip(GraphInterpreter.Outputs(random.Graph, random.Leaves)))
        {
            value.ShouldBe(expected, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_on_the_tape_gives_the_same_gradients(int seed)
    {
        RandomGraph random = new(seed);
        OpGraph forward = SumOrder.Apply(random.Graph);
        OpGraph backward = SumOrder.Apply(Differentiate.Apply(forward, ParameterCount));

        (OpGraph saving, OpGraph reading) = Checkpoint.Apply(forward, backward);

        double[][] values = GraphInterpreter.Evaluate(saving, random.Leaves);
        double[][] tape = [.. saving.Outputs.Where(output => output.Kind == OutputKind.Saved).Select(output => values[output.Value])];
        Dictionary<(OutputKind, int), double[]> expected = Gradients(forward, backward, random.Leaves);
        ShouldAgree(Gradients(forward, reading, random.Leaves, tape), expected);
        tape.Sum(plane => plane.Length).ShouldBeLessThanOrEqualTo(
            backward.Ops.Where(op => op.Kind == OpKind.Forward).Sum(op => op.Shape.Length) + saving.Ops.Where(op => op.IsLeaf).Sum(op => op.Shape.Length));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_computed_at_load_gives_the_same_numbers(int seed)
    {
        RandomGraph random = new(seed);
        OpGraph graph = SumOrder.Apply(random.Graph);

        (OpGraph load, OpGraph step) = LoadTime.Split(graph, ParameterCount);

        load.Ops.ShouldAllBe(op => !op.IsLeaf || op.Kind == OpKind.Constant || (op.Kind == OpKind.Parameter && op.A < ParameterCount));
        load.Outputs.ShouldBe([.. load.Outputs.Select((output, i) => new GraphOutput(OutputKind.Derived, i, output.Value))]);
        step.Ops.Where(op => op.Kind == OpKind.Parameter).ShouldAllBe(op => op.A < ParameterCount + load.Outputs.Count);
        GraphInterpreter.Outputs(step, WithDerived(load, random.Leaves)).ShouldBe(GraphInterpreter.Outputs(graph, random.Leaves));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Gradients_by_what_is_computed_at_load_go_on_to_the_parameters(int seed)
    {
        RandomGraph random = new(seed);
        OpGraph graph = SumOrder.Apply(random.Graph);
        (OpGraph load, OpGraph step) = LoadTime.Split(graph, ParameterCount);
        Leaves leaves = WithDerived(load, random.Leaves);

        OpGraph backward = Differentiate.Apply(step, ParameterCount + load.Outputs.Count);
        OpGraph loadBackward = LoadTime.Derivative(load, ParameterCount);

        Dictionary<(OutputKind, int), double[]> gradients = Gradients(step, backward, leaves);
        double[][] cotangents =
        [
            .. load.Outputs.Select((output, i) =>
                gradients.GetValueOrDefault((OutputKind.ParameterGradient, ParameterCount + i)) ?? new double[load.Ops[output.Value].Shape.Length]),
        ];
        loadBackward.Ops.ShouldNotContain(op => op.Kind == OpKind.Forward);
        double[][] given = GraphInterpreter.Outputs(loadBackward, leaves with { Cotangents = cotangents });
        foreach ((GraphOutput output, double[] gradient) in loadBackward.Outputs.Zip(given))
        {
            output.Kind.ShouldBe(OutputKind.ParameterGradient);
            double[] direct = gradients.GetValueOrDefault((output.Kind, output.Index)) ?? new double[gradient.Length];
            gradients[(output.Kind, output.Index)] = [.. direct.Zip(gradient, (x, y) => x + y)];
        }

        Dictionary<(OutputKind, int), double[]> whole = Gradients(graph, Differentiate.Apply(graph, ParameterCount), random.Leaves);
        ShouldAgree(gradients.Where(pair => pair.Key.Item1 != OutputKind.ParameterGradient || pair.Key.Item2 < ParameterCount).ToDictionary(), whole);
    }

    [Fact]
    public void Much_is_computed_at_load()
    {
        List<Op> derived =
        [
            .. Enumerable.Range(0, Count).Select(seed => LoadTime.Split(SumOrder.Apply(new RandomGraph(seed).Graph), ParameterCount).Load)
                .SelectMany(load => load.Outputs.Select(output => load.Ops[output.Value])),
        ];

        derived.Select(op => op.Shape.Rank).Distinct().ShouldBe([0, 1, 2], ignoreOrder: true);
        derived.ShouldNotContain(op => op.IsLeaf || op.Kind == OpKind.Spread || op.Kind == OpKind.SpreadRows || op.Kind == OpKind.SpreadColumns);
    }

    private static Leaves WithDerived(OpGraph load, Leaves leaves) =>
        leaves with { Parameters = [.. leaves.Parameters, .. GraphInterpreter.Outputs(load, leaves)] };

    /// <summary>Everything that a graph can have a gradient by.</summary>
    private static IEnumerable<(OutputKind Kind, int Index, double[] Values)> Variables(Leaves leaves) =>
    [
        (OutputKind.InputGradient, 0, leaves.Input),
        .. leaves.States.Select((values, i) => (OutputKind.StateGradient, i, values)),
        .. leaves.Parameters.Select((values, i) => (OutputKind.ParameterGradient, i, values)),
    ];

    /// <summary>The gradient of the loss by what a backward graph gives one by; missing ones are 0.</summary>
    private static Dictionary<(OutputKind, int), double[]> Gradients(OpGraph forward, OpGraph backward, Leaves leaves, double[][]? tape = null)
    {
        Leaves read = leaves with
        {
            Forward = tape ?? GraphInterpreter.Evaluate(forward, leaves),
            Cotangents = [.. forward.Outputs.Where(output => output.Kind != OutputKind.Saved).Select(output => Weights(forward.Ops[output.Value].Shape.Length))],
        };
        return backward.Outputs.Zip(GraphInterpreter.Outputs(backward, read)).ToDictionary(pair => (pair.First.Kind, pair.First.Index), pair => pair.Second);
    }

    private static void ShouldAgree(Dictionary<(OutputKind, int), double[]> gradients, Dictionary<(OutputKind, int), double[]> expected)
    {
        foreach ((OutputKind, int) key in gradients.Keys.Union(expected.Keys))
        {
            double[] a = gradients.GetValueOrDefault(key) ?? new double[expected[key].Length];
            double[] b = expected.GetValueOrDefault(key) ?? new double[a.Length];
            a.ShouldBe(b, 1e-9 * Math.Max(1, b.Max(Math.Abs)), $"{key}");
        }
    }

    /// <summary>A central difference of the loss, what is a constant to derivatives held.</summary>
    private static double Difference(RandomGraph random, double[][] constants, double[] variable, int element)
    {
        const double step = 1e-4;
        double value = variable[element];
        double differenceAt(double distance)
        {
            variable[element] = value + distance;
            double above = Loss(random, constants);
            variable[element] = value - distance;
            double below = Loss(random, constants);
            variable[element] = value;
            return (above - below) / (2 * distance);
        }

        // Richardson: the error of the fourth order remains.
        return ((4 * differenceAt(step)) - differenceAt(2 * step)) / 3;
    }

    private static double Loss(RandomGraph random, double[][] constants)
    {
        double[][] values = GraphInterpreter.Evaluate(random.Graph, random.Leaves, constants);
        return random.Graph.Outputs.Sum(output => values[output.Value].Zip(Weights(values[output.Value].Length)).Sum(pair => pair.First * pair.Second));
    }

    private static double[] Weights(int length) => [.. Enumerable.Range(1, length).Select(i => Math.Sin(i))];
}
