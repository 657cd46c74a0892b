using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class PowersOfTwoTests
{
    private const double Log2E = 1.4426950408889634;

    private static readonly Shape Two = Shape.Vector(2);

    [Fact]
    public void The_factor_goes_into_the_parameters_of_the_sum()
    {
        // W x + b + p c, with a peephole
        OpGraph before = Graph(
            new(OpKind.Parameter, 0, Shape.Matrix(2, 2)),
            new(OpKind.Input, -1, Two),
            new(OpKind.Parameter, 1, Two),
            new(OpKind.Product, 0, 1, Two),
            new(OpKind.Add, 2, 3, Two),
            new(OpKind.Parameter, 2, Two),
            new(OpKind.State, 0, Two),
            new(OpKind.Multiply, 5, 6, Two),
            new(OpKind.Add, 4, 7, Two),
            new(OpKind.Sigmoid, 8, Two));

        OpGraph graph = PowersOfTwo.Apply(before);

        graph.Ops.Last().Kind.ShouldBe(OpKind.PowerSigmoid);
        graph.Ops.Where(op => op.Kind == OpKind.Parameter).ShouldAllBe(op => op.Constant == -Log2E);
        graph.Ops.Where(op => op.Kind != OpKind.Parameter).ShouldAllBe(op => op.Constant == 0);
        PowersOfTwo.Undo(graph).ShouldBe(before);
    }

    [Fact]
    public void A_parameter_that_something_else_reads_too_stays_as_it_is()
    {
        OpGraph graph = Graph(
            new(OpKind.Parameter, 0, Two),
            new(OpKind.State, 0, Two),
            new(OpKind.Multiply, 0, 1, Two),
            new(OpKind.Sigmoid, 2, Two),
            new(OpKind.Multiply, 3, 0, Two));

        PowersOfTwo.Apply(graph).ShouldBe(graph);
    }

    [Fact]
    public void A_sum_with_a_term_that_has_no_parameter_stays_as_it_is()
    {
        OpGraph graph = Graph(
            new(OpKind.Parameter, 0, Two),
            new(OpKind.Input, -1, Two),
            new(OpKind.Add, 0, 1, Two),
            new(OpKind.Sigmoid, 2, Two));

        PowersOfTwo.Apply(graph).ShouldBe(graph);
    }

    [Fact]
    public void A_sum_that_is_a_result_itself_stays_as_it_is()
    {
        OpGraph graph = Graph(
            new(OpKind.Parameter, 0, Two),
            new(OpKind.State, 0, Two),
            new(OpKind.Multiply, 0, 1, Two),
            new(OpKind.Sigmoid, 2, Two));
        graph = graph with { Outputs = graph.Outputs.Append(new GraphOutput(OutputKind.NextState, 0, 2)).ToEquatableArray() };

        PowersOfTwo.Apply(graph).ShouldBe(graph);
    }

    private static OpGraph Graph(params Op[] ops) => new(
        ops.ToEquatableArray(),
        ops.Select(_ => "").ToEquatableArray(),
        new[] { new GraphOutput(OutputKind.Output, 0, ops.Length - 1) }.ToEquatableArray());
}
