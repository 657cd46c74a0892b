using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class SumOrderTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reordered_sums_are_equal_up_to_rounding(int seed)
    {
        OpGraph graph = SimplifyRandomGraphs.Draw(seed);
        Leaves leaves = SimplifyRandomGraphs.DrawLeaves(seed);

        double[][] values = GraphInterpreter.Outputs(SumOrder.Apply(graph), leaves);

        foreach ((double[] value, double[] expected) in values.Zip(GraphInterpreter.Outputs(graph, leaves)))
        {
            value.ShouldBe(expected, 1e-9 * Math.Max(1, expected.Max(Math.Abs)));
        }
    }

    [Theory]
    [InlineData("W*x + bi + U*h + bh", "(((bi + bh) + W*x) + U*h)")]
    [InlineData("U*h + r*v + W*x + b", "(((b + W*x) + U*h) + r*v)")]
    [InlineData("(W*x + 1) + (bi + (U*v + 2))", "((((1 + bi) + 2) + W*x) + U*v)")]
    [InlineData("U*v + U*h + W*x + b", "(((b + W*x) + U*h) + U*v)")]
    [InlineData("x + h + U*h + U*v + W*x", "((((W*x + U*h) + U*v) + x) + h)")]
    [InlineData("1 + x + 2", "(3 + x)")]
    [InlineData("bh + bi", "(bh + bi)")]
    public void A_sum_is_accumulated_in_the_order_of_the_kernels(string sum, string expected) => Order(sum).ShouldBe(expected);

    [Fact]
    public void A_named_part_that_is_read_once_is_taken_apart()
    {
        CellSketch cell = new();
        Value part = (Term(cell, "x") + Term(cell, "bi")).Named("part");
        cell.Gives((part + Term(cell, "W*x")).Named("whole"));

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("((bi + W*x) + x)");
        ordered.Names.ShouldNotContain("part");
        ordered.Names[ordered.Outputs[0].Value].ShouldBe("whole");
    }

    [Fact]
    public void A_part_that_is_read_elsewhere_is_a_term()
    {
        CellSketch cell = new();
        Value part = Term(cell, "x") + Term(cell, "bi");
        cell.Gives(part + Term(cell, "W*x"), Value.Tanh(part));

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("(W*x + (bi + x))");
    }

    [Fact]
    public void A_part_that_the_graph_gives_is_a_term()
    {
        CellSketch cell = new();
        Value part = Term(cell, "x") + Term(cell, "bi");
        cell.Gives(part + Term(cell, "W*x"), part);

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("(W*x + (bi + x))");
    }

    [Fact]
    public void A_sum_of_scalars_stays_a_sum_of_scalars_beside_vectors()
    {
        CellSketch cell = new();
        Value scalars = cell.ScalarState("s") + cell.Scalar("p");
        cell.Gives(Term(cell, "x") + scalars + Term(cell, "h"));

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("((x + (p + s)) + h)");
    }

    [Fact]
    public void Matrices_are_added_as_vectors_are()
    {
        CellSketch cell = new();
        cell.Gives(cell.MatrixState("C", 2, 3).Op(OpKind.Add, cell.Matrix("A", 2, 3)).Op(OpKind.Add, cell.Matrix("B", 2, 3)));

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("((A + B) + C)");
    }

    [Fact]
    public void A_product_of_a_matrix_that_changes_is_a_term_like_others()
    {
        CellSketch cell = new();
        Value product = new(cell.Builder, cell.Builder.Product(cell.MatrixState("C", 3, 3).Position, Term(cell, "x").Position));
        cell.Gives(product + Term(cell, "U*h") + Term(cell, "b"));

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("((b + U*h) + C*x)");
    }

    [Fact]
    public void Differences_are_not_taken_apart()
    {
        CellSketch cell = new();
        cell.Gives(Term(cell, "x") - Term(cell, "bi") + Term(cell, "W*x"));

        OpGraph ordered = SumOrder.Apply(cell.Graph);

        Print(ordered, ordered.Outputs[0].Value).ShouldBe("(W*x + (x - bi))");
    }

    [Fact]
    public void Ordered_cells_stay_as_they_are()
    {
        foreach (string name in DifferentiateCells.Names)
        {
            OpGraph ordered = SumOrder.Apply(DifferentiateCells.Write(name).Graph);

            SumOrder.Apply(ordered).ShouldBe(ordered, name);
            Simplify.Apply(ordered).ShouldBe(ordered, name);
        }
    }

    [Fact]
    public void What_reads_parameters_alone_is_known_at_load()
    {
        CellSketch cell = new();
        Value b = (0.5 * (Term(cell, "bi") + Term(cell, "bh"))).Named("known");
        Value matrixProduct = (Term(cell, "U") * b).Named("known too");
        cell.Gives((matrixProduct + Term(cell, "x")).Named("not known"));
        OpGraph graph = cell.Graph;

        bool[] known = LoadTime.IsParameterOnly(graph);

        graph.Names.Where((name, i) => known[i] && name.Length > 0).ShouldBe(["U", "bi", "bh", "known", "known too"], ignoreOrder: true);
        graph.Ops.Where((op, i) => known[i]).ShouldNotContain(op => op.Kind == OpKind.Constant);
    }

    private static string Order(string sum)
    {
        CellSketch cell = new();
        int position = 0;
        cell.Gives(Parse(cell, sum.Replace(" ", "", StringComparison.Ordinal), ref position));
        OpGraph ordered = SumOrder.Apply(cell.Graph);
        return Print(ordered, ordered.Outputs[0].Value);
    }

    private static Value Parse(CellSketch cell, string text, ref int position)
    {
        Value? sum = null;
        while (position < text.Length && text[position] != ')')
        {
            position += text[position] == '+' ? 1 : 0;
            Value term;
            if (text[position] == '(')
            {
                position++;
                term = Parse(cell, text, ref position);
                position++;
            }
            else
            {
                int start = position;
                while (position < text.Length && text[position] is not ('+' or ')'))
                {
                    position++;
                }

                term = Term(cell, text[start..position]);
            }

            sum = sum is { } left ? left + term : term;
        }

        return sum!.Value;
    }

    private static Value Term(CellSketch cell, string text)
    {
        Shape vector = Shape.Vector(3);
        GraphBuilder builder = cell.Builder;
        Value leaf(int position, string name) => new Value(builder, position).Named(name);
        return text switch
        {
            "x" => leaf(builder.Input(vector), text),
            "h" => leaf(builder.State(0, vector), text),
            "W" => leaf(builder.Parameter(0, Shape.Matrix(3, 3)), text),
            "U" => leaf(builder.Parameter(1, Shape.Matrix(3, 3)), text),
            "b" => leaf(builder.Parameter(2, vector), text),
            "bi" => leaf(builder.Parameter(3, vector), text),
            "bh" => leaf(builder.Parameter(4, vector), text),
            "r" => leaf(Value.Sigmoid(Term(cell, "x")).Position, text),
            "v" => leaf(Value.Tanh(Term(cell, "h")).Position, text),
            _ when text.Contains('*', StringComparison.Ordinal) => Term(cell, text.Split('*')[0]) * Term(cell, text.Split('*')[1]),
            _ => new Value(builder, builder.Number(double.Parse(text, CultureInfo.InvariantCulture))),
        };
    }

    private static string Print(OpGraph graph, int value)
    {
        Op op = graph.Ops[value];
        return op.Kind switch
        {
            OpKind.Add => $"({Print(graph, op.A)} + {Print(graph, op.B)})",
            OpKind.Subtract => $"({Print(graph, op.A)} - {Print(graph, op.B)})",
            OpKind.Product or OpKind.Multiply => $"{Print(graph, op.A)}*{Print(graph, op.B)}",
            OpKind.Constant => op.Constant.ToString(CultureInfo.InvariantCulture),
            _ => graph.Names[value],
        };
    }
}
