using System;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class SimplifyTests
{
    private static readonly Shape Three = Shape.Vector(3);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_simplified_graph_gives_the_same_values(int seed)
    {
        OpGraph graph = SimplifyRandomGraphs.Draw(seed);
        Leaves leaves = SimplifyRandomGraphs.DrawLeaves(seed);

        OpGraph simple = Simplify.Apply(graph);

        simple.Ops.Count.ShouldBeLessThan(graph.Ops.Count);
        simple.Outputs.Select(output => (output.Kind, output.Index)).ShouldBe(graph.Outputs.Select(output => (output.Kind, output.Index)));
        GraphInterpreter.Outputs(simple, leaves).ShouldBe(GraphInterpreter.Outputs(graph, leaves));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Simplifying_twice_changes_nothing_more(int seed)
    {
        OpGraph simple = Simplify.Apply(SimplifyRandomGraphs.Draw(seed));

        Simplify.Apply(simple).ShouldBe(simple);
    }

    [Fact]
    public void The_same_value_is_computed_once_whichever_way_round_it_is_written()
    {
        OpGraph simple = Simplify.Apply(Graph(
            [new(OpKind.Input, -1, Three), new(OpKind.State, 0, Three), new(OpKind.Add, 0, 1, Three), new(OpKind.Add, 1, 0, Three), new(OpKind.Multiply, 2, 3, Three)],
            ["x", "h", "", "a", "y"]));

        simple.ShouldBe(Graph(
            [new(OpKind.Input, -1, Three), new(OpKind.State, 0, Three), new(OpKind.Add, 0, 1, Three), new(OpKind.Multiply, 2, 2, Three)],
            ["x", "h", "a", "y"]));
    }

    [Fact]
    public void A_difference_is_not_the_difference_the_other_way_round()
    {
        OpGraph graph = Graph(
            [new(OpKind.Input, -1, Three), new(OpKind.State, 0, Three), new(OpKind.Subtract, 0, 1, Three), new(OpKind.Subtract, 1, 0, Three), new(OpKind.Multiply, 2, 3, Three)],
            ["x", "h", "", "", ""]);

        Simplify.Apply(graph).ShouldBe(graph);
    }

    [Fact]
    public void Values_that_nothing_needs_are_gone_with_their_names()
    {
        OpGraph simple = Simplify.Apply(Graph(
            [new(OpKind.State, 0, Three), new(OpKind.Input, -1, Three), new(OpKind.Tanh, 1, Three), new(OpKind.Negate, 0, Three), new(OpKind.Tanh, 1, Three)],
            ["h", "x", "unneeded", "unneeded too", ""]));

        simple.ShouldBe(Graph([new(OpKind.Input, -1, Three), new(OpKind.Tanh, 0, Three)], ["x", ""]));
    }

    [Theory]
    [InlineData("x + 0")]
    [InlineData("0 + x")]
    [InlineData("x - 0")]
    [InlineData("1 x")]
    [InlineData("x 1")]
    [InlineData("-(-x)")]
    public void A_value_that_is_a_leaf_after_all_leaves_the_leaf_its_name(string form)
    {
        Op number = Op.Number(form.Contains('1') ? 1 : 0);
        Op[] ops = form switch
        {
            "x + 0" => [new(OpKind.Input, -1, Three), number, new(OpKind.Add, 0, 1, Three)],
            "0 + x" => [number, new(OpKind.Input, -1, Three), new(OpKind.Add, 0, 1, Three)],
            "x - 0" => [new(OpKind.Input, -1, Three), number, new(OpKind.Subtract, 0, 1, Three)],
            "1 x" => [number, new(OpKind.Input, -1, Three), new(OpKind.Multiply, 0, 1, Three)],
            "x 1" => [new(OpKind.Input, -1, Three), number, new(OpKind.Multiply, 0, 1, Three)],
            _ => [new(OpKind.Input, -1, Three), new(OpKind.Negate, 0, Three), new(OpKind.Negate, 1, Three)],
        };
        string[] names = [.. ops.Select(op => op.Kind == OpKind.Input ? "x" : "other")];

        Simplify.Apply(Graph(ops, names)).ShouldBe(Graph([new(OpKind.Input, -1, Three)], ["x"]));
    }

    [Fact]
    public void A_product_with_zero_is_kept_since_it_is_not_always_zero()
    {
        OpGraph graph = Graph([new(OpKind.Input, -1, Three), Op.Number(0), new(OpKind.Multiply, 0, 1, Three)], ["x", "", ""]);

        Simplify.Apply(graph).ShouldBe(graph);
    }

    [Fact]
    public void Zeros_of_both_signs_stay_apart()
    {
        GraphBuilder builder = new();

        builder.Number(0).ShouldNotBe(builder.Number(-0.0));
    }

    [Theory]
    [InlineData(OpKind.Add, 2.25)]
    [InlineData(OpKind.Subtract, -1.75)]
    [InlineData(OpKind.Multiply, 0.5)]
    [InlineData(OpKind.Negate, -0.25)]
    [InlineData(OpKind.Sigmoid, 0.56217650088579807)]
    [InlineData(OpKind.Tanh, 0.24491866240370913)]
    [InlineData(OpKind.Relu, 0.25)]
    [InlineData(OpKind.Positive, 1)]
    public void Operations_on_numbers_are_computed(OpKind kind, double expected)
    {
        GraphBuilder builder = new();
        int a = builder.Number(0.25);
        int b = builder.Number(2);

        Op result = builder[builder.Append(new Op(kind, a, b, Shape.Scalar))];

        result.Kind.ShouldBe(OpKind.Constant);
        result.Constant.ShouldBe(expected, 1e-15);
    }

    [Theory]
    [InlineData(OpKind.Add, "Add takes two operands of one shape, or a scalar beside any shape; the shapes given are [4, input] and [hidden].")]
    [InlineData(OpKind.Product, "Product takes a matrix and a vector with an element for each of its columns; the shapes given are [4, input] and [hidden].")]
    [InlineData(OpKind.TransposedProduct, "TransposedProduct takes a matrix and a vector with an element for each of its rows; the shapes given are [4, input] and [hidden].")]
    [InlineData(OpKind.Outer, "Outer takes two vectors; the shapes given are [4, input] and [hidden].")]
    public void Operands_that_do_not_fit_are_refused(OpKind kind, string message)
    {
        GraphBuilder builder = new();
        int a = builder.Parameter(0, Shape.Matrix(new Dim(4), Dim.Input));
        int b = builder.State(0, Shape.Vector(Dim.Hidden));

        Should.Throw<ArgumentException>(() => builder.Append(new Op(kind, a, b, default))).Message.ShouldBe(message);
    }

    [Fact]
    public void Names_of_dimensions_are_carried_through_products()
    {
        GraphBuilder builder = new();
        int matrix = builder.Parameter(0, Shape.Matrix(Dim.Hidden, Dim.Input));
        int input = builder.Input(Shape.Vector(Dim.Input));

        int product = builder.Product(matrix, input);

        builder.ShapeOf(product).ShouldBe(Shape.Vector(Dim.Hidden));
        builder.ShapeOf(builder.TransposedProduct(matrix, product)).ShouldBe(Shape.Vector(Dim.Input));
        builder.ShapeOf(builder.Outer(product, input)).ShouldBe(Shape.Matrix(Dim.Hidden, Dim.Input));
    }

    /// <summary>A graph that gives its last value.</summary>
    private static OpGraph Graph(Op[] ops, string[] names) => new(new(ops), new(names), new([new(OutputKind.Output, 0, ops.Length - 1)]));
}
