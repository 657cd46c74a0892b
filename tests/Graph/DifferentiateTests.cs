using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class DifferentiateTests
{
    private static readonly Dictionary<OpKind, Func<CellSketch, Value, Value>[]> Operations = new()
    {
        [OpKind.Add] = [(cell, x) => x + cell.Vector("p", 3), (_, x) => x + 0.5, (_, x) => x + x],
        [OpKind.Subtract] = [(cell, x) => x - cell.Vector("p", 3), (_, x) => 0.5 - x, (_, x) => x - 0.5, (_, x) => x - x],
        [OpKind.Multiply] = [(cell, x) => x * cell.Vector("p", 3), (_, x) => -1.5 * x, (_, x) => x * x],
        [OpKind.Negate] = [(_, x) => -x, (_, x) => x * -x],
        [OpKind.Sigmoid] = [(_, x) => Value.Sigmoid(x)],
        [OpKind.Tanh] = [(_, x) => Value.Tanh(x)],
        [OpKind.Relu] = [(_, x) => Value.Relu(x)],
        [OpKind.Product] = [(cell, x) => cell.Matrix("W", 2, 3) * x, (cell, x) => cell.Matrix("W", 3, 3) * (x * x)],
        [OpKind.Row] = [(cell, x) => Value.Row(cell.Matrix("table", 4, 3), cell.Input(1)) * x],
    };

    public static TheoryData<OpKind, int> DifferentiableOperations()
    {
        TheoryData<OpKind, int> data = [];
        foreach ((OpKind kind, Func<CellSketch, Value, Value>[] forms) in Operations)
        {
            for (int form = 0; form < forms.Length; form++)
            {
                data.Add(kind, form);
            }
        }

        return data;
    }

    public static TheoryData<string> Cells() => [.. DifferentiateCells.Names];

    [Theory]
    [MemberData(nameof(DifferentiableOperations))]
    public void The_derivative_of_an_operation_is_the_limit_of_differences(OpKind kind, int form)
    {
        CellSketch cell = new();
        Value state = cell.State("s", 3);
        Value result = Operations[kind][form](cell, state);
        if (kind != OpKind.Row)
        {
            cell.Gives(result + cell.Input(cell.Builder.ShapeOf(result.Position).Length), state * state);
        }
        else
        {
            cell.Gives(result, state * state);
        }

        cell.Graph.Ops.ShouldContain(op => op.Kind == kind);
        ShouldHaveItsGradient(cell);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_gradient_of_a_cell_over_time_is_the_limit_of_differences(string name) => ShouldHaveItsGradient(DifferentiateCells.Write(name));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_gradient_of_a_cell_whose_sums_are_ordered_is_the_limit_of_differences(string name)
    {
        CellSketch cell = DifferentiateCells.Write(name);
        OpGraph forward = SumOrder.Apply(cell.Graph);
        OpGraph backward = SumOrder.Apply(Differentiate.Apply(forward, cell.Parameters.Count));
        DifferentiateUnrolled unrolled = new(cell, seed: 5);

        unrolled.ShouldBeTheGradient(forward, unrolled.Backward(forward, backward));
    }

    [Theory]
    [InlineData(OpKind.Positive)]
    [InlineData(OpKind.Activate)]
    [InlineData(OpKind.TransposedProduct)]
    [InlineData(OpKind.Outer)]
    [InlineData(OpKind.RowGradient)]
    public void What_does_not_occur_in_a_forward_graph_is_refused_by_name(OpKind kind)
    {
        CellSketch cell = new();
        Value x = cell.Input(3);
        int result = kind switch
        {
            OpKind.Positive => cell.Builder.Positive(x.Position),
            OpKind.Activate => cell.Builder.Activate(x.Position, 0),
            OpKind.Outer => cell.Builder.Outer(x.Position, x.Position),
            OpKind.RowGradient => cell.Builder.RowGradient(x.Position, cell.State("index", 1).Position, Shape.Matrix(5, 3)),
            _ => cell.Builder.TransposedProduct(cell.Matrix("W", 3, 2).Position, x.Position),
        };
        cell.Builder.Output(OutputKind.Output, 0, result);

        Should.Throw<InvalidOperationException>(() => Differentiate.Apply(cell.Graph, 1)).Message.ShouldStartWith($"{kind} ");
    }

    [Fact]
    public void Every_operation_has_a_derivative_or_is_refused()
    {
        OpKind[] refused = [OpKind.Positive, OpKind.Activate, OpKind.TransposedProduct, OpKind.Outer, OpKind.RowGradient];

        Operations.Keys.Concat(refused).ShouldBe(Enum.GetValues<OpKind>().Where(kind => kind > OpKind.Cotangent), ignoreOrder: true);
    }

    [Fact]
    public void A_parameter_that_the_cell_does_not_have_is_refused()
    {
        CellSketch cell = DifferentiateCells.Write("rnn");

        Should.Throw<ArgumentException>(() => Differentiate.Apply(cell.Graph, 3)).Message.ShouldStartWith("The graph reads parameter 3; the cell has 3.");
    }

    [Fact]
    public void A_gradient_that_would_be_a_sum_over_elements_is_refused()
    {
        CellSketch cell = new();
        Value scalar = new Value(cell.Builder, cell.Builder.State(0, Shape.Scalar)).Named("s");
        cell.Gives(scalar * cell.Input(3));

        Should.Throw<InvalidOperationException>(() => Differentiate.Apply(cell.Graph, 0)).Message.ShouldStartWith("The gradient by the scalar 's' is a sum over the [3]");
    }

    [Fact]
    public void What_the_outputs_do_not_depend_on_has_no_gradient()
    {
        OpGraph embedding = Differentiate.Apply(DifferentiateCells.Write("embedding").Graph, 1);
        OpGraph delay = Differentiate.Apply(DifferentiateCells.Write("delay").Graph, 2);

        embedding.Outputs.Select(output => (output.Kind, output.Index)).ShouldBe([(OutputKind.ParameterGradient, 0)]);
        embedding.Ops[embedding.Outputs[0].Value].Kind.ShouldBe(OpKind.RowGradient);
        delay.Outputs.Select(output => (output.Kind, output.Index)).ShouldBe(
            [(OutputKind.InputGradient, 0), (OutputKind.StateGradient, 0), (OutputKind.ParameterGradient, 0)]);
    }

    [Fact]
    public void Gradients_are_named_after_what_they_are_the_gradient_by()
    {
        CellSketch cell = DifferentiateCells.Write("lstm");

        OpGraph backward = Differentiate.Apply(cell.Graph, cell.Parameters.Count);

        string nameOf(OutputKind kind, int index) => backward.Names[backward.Outputs.Single(o => o.Kind == kind && o.Index == index).Value];
        backward.Names.ShouldContain("dnext");
        backward.Names.ShouldContain("di");
        nameOf(OutputKind.InputGradient, 0).ShouldBe("dx");
        nameOf(OutputKind.StateGradient, 1).ShouldBe("dc");
        nameOf(OutputKind.ParameterGradient, 0).ShouldBe("dWi");
        backward.Names.Where(name => name.Length > 0).ShouldBeUnique();
    }

    [Fact]
    public void A_name_that_the_equations_use_is_not_given_to_a_gradient()
    {
        CellSketch cell = new();
        Value x = cell.Input(3);
        Value dx = Value.Tanh(x).Named("dx");
        cell.Gives(dx * dx);

        OpGraph backward = Differentiate.Apply(cell.Graph, 0);

        backward.Ops[Enumerable.Range(0, backward.Names.Count).Single(i => backward.Names[i] == "dx")].Kind.ShouldBe(OpKind.Forward);
        backward.Names[backward.Outputs[0].Value].ShouldBe("");
    }

    [Fact]
    public void A_leaf_that_stands_in_a_graph_twice_has_one_gradient()
    {
        Shape shape = Shape.Vector(2);
        OpGraph forward = new(
            new([new(OpKind.Parameter, 0, shape), new(OpKind.Input, -1, shape), new(OpKind.Input, -1, shape), new(OpKind.Parameter, 0, shape),
                new(OpKind.Multiply, 0, 1, shape), new(OpKind.Multiply, 2, 3, shape), new(OpKind.Add, 4, 5, shape)]),
            new(["p", "x", "", "", "", "", ""]),
            new([new(OutputKind.Output, 0, 6)]));

        OpGraph backward = Differentiate.Apply(forward, 1);
        double[][] gradients = GraphInterpreter.Outputs(backward, new Leaves
        {
            Parameters = [[3, 4]],
            Forward = [[], [5, 6]],
            Cotangents = [[1, 10]],
        });

        gradients.ShouldBe([[6, 80], [10, 120]]);
    }

    private static void ShouldHaveItsGradient(CellSketch cell)
    {
        OpGraph forward = cell.Graph;
        OpGraph backward = Differentiate.Apply(forward, cell.Parameters.Count);
        DifferentiateUnrolled unrolled = new(cell, seed: 1);

        unrolled.ShouldBeTheGradient(forward, unrolled.Backward(forward, backward));
    }
}
