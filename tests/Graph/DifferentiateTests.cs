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
        [OpKind.Divide] = [(_, x) => x / ((x * x) + 1), (cell, x) => x / (cell.Vector("p", 3) + 3), (cell, x) => cell.Scalar("s") / (x + 4), (cell, x) => x / (cell.Scalar("s") + 3)],
        [OpKind.Min] = [(cell, x) => x.Op(OpKind.Min, cell.Vector("p", 3)), (_, x) => x.Op(OpKind.Min, x), (cell, x) => cell.Scalar("s").Op(OpKind.Min, x)],
        [OpKind.Max] = [(cell, x) => x.Op(OpKind.Max, cell.Vector("p", 3)), (_, x) => x.Op(OpKind.Max, x), (cell, x) => x.Op(OpKind.Max, cell.Scalar("s"))],
        [OpKind.Less] = [(cell, x) => x.Op(OpKind.Less, cell.Vector("p", 3)) * x, (cell, x) => cell.Scalar("s").Op(OpKind.Less, x) * x],
        [OpKind.Positive] = [(_, x) => x.Op(OpKind.Positive) * x],
        [OpKind.Sign] = [(_, x) => x.Op(OpKind.Sign) * x],
        [OpKind.Detach] = [(_, x) => x.Op(OpKind.Detach) * x],
        [OpKind.Exp] = [(_, x) => x.Op(OpKind.Exp)],
        [OpKind.Expm1] = [(_, x) => x.Op(OpKind.Expm1)],
        [OpKind.Softplus] = [(_, x) => x.Op(OpKind.Softplus)],
        [OpKind.Log] = [(_, x) => (x + 3).Op(OpKind.Log)],
        [OpKind.Log1p] = [(_, x) => (x * x).Op(OpKind.Log1p)],
        [OpKind.Sqrt] = [(_, x) => (x + 3).Op(OpKind.Sqrt)],
        [OpKind.Abs] = [(_, x) => x.Op(OpKind.Abs)],
        [OpKind.Erf] = [(_, x) => (x + x).Op(OpKind.Erf)],
        [OpKind.Spread] = [(cell, x) => cell.Scalar("s").Spread(Shape.Vector(3)).Op(OpKind.Concat, x)],
        [OpKind.Sum] = [(_, x) => x * x.Op(OpKind.Sum), (_, x) => (x + x.Op(OpKind.Sum)) * (x + x).Op(OpKind.Sum)],
        [OpKind.Greatest] = [(_, x) => x * x.Op(OpKind.Greatest), (_, x) => x * x.Op(OpKind.Concat, x).Op(OpKind.Greatest)],
        [OpKind.Slice] = [(_, x) => x.Slice(1, 2), (_, x) => x.Slice(0, 1) * x.Slice(2, 1)],
        [OpKind.Pad] = [(_, x) => x.Pad(2, 6), (_, x) => (x * x).Pad(0, 4)],
        [OpKind.Concat] = [(_, x) => (x * x).Op(OpKind.Concat, x), (cell, x) => cell.Vector("p", 2).Op(OpKind.Concat, x)],
        [OpKind.Swap] = [(_, x) => x.Op(OpKind.Concat, x * x).Swap(2, 3), (_, x) => x.Op(OpKind.Concat, x * x).Op(OpKind.Concat, x).Op(OpKind.Concat, x * x).Swap(2, 2)],
        [OpKind.SpreadRows] = [(cell, x) => x.SpreadRows(2).Op(OpKind.Multiply, cell.Matrix("M", 3, 2)).Op(OpKind.RowSums)],
        [OpKind.SpreadColumns] = [(cell, x) => x.SpreadColumns(2).Op(OpKind.Multiply, cell.Matrix("M", 2, 3)).Op(OpKind.ColumnSums)],
        [OpKind.RowSums] = [(cell, x) => cell.Matrix("M", 3, 2).Op(OpKind.RowSums) * x],
        [OpKind.ColumnSums] = [(cell, x) => cell.Matrix("M", 2, 3).Op(OpKind.ColumnSums) * x],
        [OpKind.Product] = [(cell, x) => cell.Matrix("W", 2, 3) * x, (cell, x) => cell.Matrix("W", 3, 3) * (x * x), (_, x) => x.Op(OpKind.Outer, x) * x],
        [OpKind.TransposedProduct] =
            [(cell, x) => cell.Matrix("W", 3, 2).Op(OpKind.TransposedProduct, x), (_, x) => x.Op(OpKind.Outer, x * x).Op(OpKind.TransposedProduct, x)],
        [OpKind.Outer] = [(cell, x) => x.Op(OpKind.Outer, cell.Vector("p", 2)).Op(OpKind.Multiply, cell.Matrix("M", 3, 2)).Op(OpKind.RowSums)],
        [OpKind.Row] = [(cell, x) => Value.Row(cell.Matrix("table", 4, 3), cell.Input(1)) * x],
    };

    /// <summary>What never stands in a forward graph that is differentiated.</summary>
    private static readonly OpKind[] Refused =
        [OpKind.PowerSigmoid, OpKind.Length, OpKind.Transpose, OpKind.Take, OpKind.Drop, OpKind.Quotient, OpKind.Frames, OpKind.Convolution, OpKind.RowGradient, OpKind.When, OpKind.Otherwise];

    public static TheoryData<OpKind> RefusedOperations() => [.. Refused];

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
    [MemberData(nameof(RefusedOperations))]
    public void What_does_not_occur_in_a_forward_graph_is_refused_by_name(OpKind kind)
    {
        Shape matrix = Shape.Matrix(3, 3);
        OpGraph graph = new(
            new([new(OpKind.Parameter, 0, matrix), new(kind, 0, 0, matrix)]),
            new(["", ""]),
            new([new(OutputKind.Output, 0, 1)]));

        Should.Throw<InvalidOperationException>(() => Differentiate.Apply(graph, 1)).Message.ShouldStartWith($"{kind} ");
    }

    [Fact]
    public void Every_operation_has_a_derivative_or_is_refused() =>
        Operations.Keys.Concat(Refused).ShouldBe(Enum.GetValues<OpKind>().Where(kind => kind > OpKind.Cotangent), ignoreOrder: true);

    [Theory]
    [InlineData(OpKind.Min, 0, 1)]
    [InlineData(OpKind.Max, 0, 1)]
    public void Of_two_equal_operands_the_second_is_the_one_that_is_chosen(OpKind kind, double byA, double byB)
    {
        double[][] gradients = GradientsAt(cell => cell.Vector("a", 2).Op(kind, cell.Vector("b", 2)), [[1, -0.5], [1, -0.5]]);

        gradients.ShouldBe([[byA, byA], [byB, byB]]);
    }

    [Theory]
    [InlineData(OpKind.Abs, 0)]
    [InlineData(OpKind.Relu, 0)]
    [InlineData(OpKind.Sqrt, double.PositiveInfinity)]
    public void At_0_the_derivative_is_what_its_comment_says(OpKind kind, double expected) =>
        GradientsAt(cell => cell.Vector("a", 1).Op(kind), [[0]]).ShouldBe([[expected]]);

    [Fact]
    public void Equal_greatest_elements_share_evenly() =>
        GradientsAt(cell => cell.Vector("a", 4).Op(OpKind.Greatest), [[2, 1, 2, -3]]).ShouldBe([[0.5, 0, 0.5, 0]]);

    [Fact]
    public void A_parameter_that_the_cell_does_not_have_is_refused()
    {
        CellSketch cell = DifferentiateCells.Write("rnn");

        Should.Throw<ArgumentException>(() => Differentiate.Apply(cell.Graph, 3)).Message.ShouldStartWith("The graph reads parameter 3; the cell has 3.");
    }

    [Fact]
    public void The_gradient_by_a_scalar_is_the_sum_over_what_it_was_spread_to() =>
        GradientsAt(cell => cell.Scalar("s") * cell.Vector("a", 3), [[2], [1, 10, 100]]).ShouldBe([[111], [2, 2, 2]]);

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

    /// <summary>The gradient by every parameter of the sum of what a cell of parameters alone gives.</summary>
    private static double[][] GradientsAt(Func<CellSketch, Value> write, double[][] parameters)
    {
        CellSketch cell = new();
        cell.Gives(write(cell));
        OpGraph forward = cell.Graph;
        OpGraph backward = Differentiate.Apply(forward, parameters.Length);
        double[][] values = GraphInterpreter.Evaluate(forward, new Leaves { Parameters = parameters });
        double[] ones = [.. values[forward.Outputs[0].Value].Select(_ => 1.0)];
        backward.Outputs.Select(output => output.Index).ShouldBe(Enumerable.Range(0, parameters.Length));
        return GraphInterpreter.Outputs(backward, new Leaves { Parameters = parameters, Forward = values, Cotangents = [ones] });
    }

    private static void ShouldHaveItsGradient(CellSketch cell)
    {
        OpGraph forward = cell.Graph;
        OpGraph backward = Differentiate.Apply(forward, cell.Parameters.Count);
        DifferentiateUnrolled unrolled = new(cell, seed: 1);

        unrolled.ShouldBeTheGradient(forward, unrolled.Backward(forward, backward));
    }
}
