using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class LoadTimeTests
{
    [Fact]
    public void Two_biases_are_added_at_load()
    {
        (OpGraph load, OpGraph step) = LoadTime.Split(SumOrder.Apply(DifferentiateCells.Write("rnn").Graph), 4);

        GraphText.Print(load).ShouldBe(
            """
            %0 [4] = Parameter 1 as bi
            %1 [4] = Parameter 3 as bh
            %2 [4] = Add %0 %1
            Derived 0 = %2

            """);
        step.Ops.Where(op => op.Kind == OpKind.Parameter).Select(op => op.A).ShouldBe([0, 2, 4], ignoreOrder: true);
    }

    [Fact]
    public void The_gradients_of_two_biases_are_the_gradient_of_their_sum()
    {
        (OpGraph load, _) = LoadTime.Split(SumOrder.Apply(DifferentiateCells.Write("rnn").Graph), 4);

        OpGraph gradients = LoadTime.Derivative(load, 4);

        gradients.Ops.ShouldBe([new Op(OpKind.Cotangent, 0, Shape.Vector(4))]);
        gradients.Outputs.ShouldBe([new(OutputKind.ParameterGradient, 1, 0), new(OutputKind.ParameterGradient, 3, 0)]);
    }

    [Fact]
    public void A_derived_value_that_the_derivative_needs_is_read_and_not_computed_again()
    {
        (OpGraph load, OpGraph step) = LoadTime.Split(DifferentiateCells.Write("scaled").Graph, 2);

        OpGraph gradients = LoadTime.Derivative(load, 2);

        step.Names[step.Ops.ToList().FindIndex(op => op == new Op(OpKind.Parameter, 2, Shape.Vector(3)))].ShouldBe("w");
        gradients.Ops.ShouldContain(new Op(OpKind.Parameter, 2, Shape.Vector(3)));
        gradients.Ops.ShouldNotContain(op => op.Kind == OpKind.Sigmoid);
    }

    [Fact]
    public void A_graph_without_such_values_is_not_changed()
    {
        OpGraph graph = SumOrder.Apply(DifferentiateCells.Write("mgu").Graph);

        (OpGraph load, OpGraph step) = LoadTime.Split(graph, 6);

        load.Ops.ShouldBeEmpty();
        load.Outputs.ShouldBeEmpty();
        step.ShouldBe(graph);
    }

    [Fact]
    public void What_is_spread_is_spread_in_the_time_step()
    {
        CellSketch cell = new();
        Value gate = Value.Sigmoid(cell.Vector("p", 4)).SpreadRows(3);
        Value scaled = cell.MatrixState("C", 4, 3).Op(OpKind.Multiply, gate);
        cell.Gives(scaled.Op(OpKind.RowSums));

        (OpGraph load, OpGraph step) = LoadTime.Split(cell.Graph, 1);

        load.Outputs.Select(output => load.Ops[output.Value].Kind).ShouldBe([OpKind.Sigmoid]);
        step.Ops.ShouldContain(op => op.Kind == OpKind.SpreadRows && step.Ops[op.A] == new Op(OpKind.Parameter, 1, Shape.Vector(4)));
    }

    [Fact]
    public void A_matrix_of_matrices_of_weights_is_derived()
    {
        CellSketch cell = new();
        Value matrix = cell.Matrix("W", 4, 3).Op(OpKind.Multiply, cell.Matrix("M", 4, 3));
        cell.Gives(matrix.Op(OpKind.Product, cell.Input(3)));

        (OpGraph load, OpGraph step) = LoadTime.Split(cell.Graph, 2);

        load.Ops[load.Outputs.Single().Value].Shape.ShouldBe(Shape.Matrix(4, 3));
        step.Ops.Select(op => op.Kind).ShouldBe([OpKind.Parameter, OpKind.Input, OpKind.Product]);
        LoadTime.Derivative(load, 2).Outputs.Select(output => output.Index).ShouldBe([0, 1]);
    }
}
