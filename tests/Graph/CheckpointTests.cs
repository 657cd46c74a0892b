using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class CheckpointTests
{
    public static TheoryData<string> Cells() => [.. DifferentiateCells.Names];

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_gradients_from_the_tape_are_the_gradients_from_all_values(string name)
    {
        CellSketch cell = DifferentiateCells.Write(name);
        OpGraph forward = cell.Graph;
        OpGraph backward = Differentiate.Apply(forward, cell.Parameters.Count);
        DifferentiateUnrolled unrolled = new(cell, seed: 3);

        (OpGraph saving, OpGraph reading) = Checkpoint.Apply(forward, backward);

        unrolled.Backward(saving, reading).ShouldBe(unrolled.Backward(forward, backward));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_backward_graph_reads_every_plane_and_no_other(string name)
    {
        (OpGraph forward, OpGraph backward) = Apply(DifferentiateCells.Write(name));

        GraphOutput[] saved = [.. forward.Outputs.Where(output => output.Kind == OutputKind.Saved)];
        Op[] read = [.. backward.Ops.Where(op => op.Kind == OpKind.Forward)];
        saved.Select(output => output.Index).ShouldBe(Enumerable.Range(0, saved.Length));
        saved.Select(output => output.Value).ShouldBeInOrder();
        read.Select(op => op.A).ShouldBe(Enumerable.Range(0, saved.Length), ignoreOrder: true);
        read.ShouldAllBe(op => op.Shape == forward.Ops[saved[op.A].Value].Shape);
        Enumerable.Range(0, backward.Ops.Count).Where(i => backward.Ops[i].Kind == OpKind.Forward)
            .ShouldAllBe(i => backward.Names[i] == forward.Names[saved[backward.Ops[i].A].Value]);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_forward_graph_keeps_its_values_and_the_backward_graph_is_simple(string name)
    {
        CellSketch cell = DifferentiateCells.Write(name);

        (OpGraph forward, OpGraph backward) = Apply(cell);

        forward.Ops.ShouldBe(cell.Graph.Ops);
        forward.Names.ShouldBe(cell.Graph.Names);
        forward.Outputs.Take(cell.Graph.Outputs.Count).ShouldBe(cell.Graph.Outputs);
        Simplify.Apply(backward).ShouldBe(backward);
    }

    [Theory]
    [InlineData("rnn", "x, h, Tanh")]
    [InlineData("lstm", "x, h, c, i, f, g, o, Tanh")]
    [InlineData("gru", "x, h, r, z, Add, n")]
    [InlineData("mgu", "x, h, f, c")]
    [InlineData("dense", "x, Relu")]
    [InlineData("embedding", "x")]
    [InlineData("peephole", "x, h, c, f, Tanh, next, o")]
    public void The_tape_holds(string cell, string expected) => string.Join(", ", Saved(Apply(DifferentiateCells.Write(cell)).Forward)).ShouldBe(expected);

    [Fact]
    public void Vectors_are_kept_in_place_of_the_matrices_that_they_span()
    {
        OpGraph forward = Apply(DifferentiateCells.Write("memory")).Forward;

        Op[] matrices = [.. forward.Outputs.Where(output => output.Kind == OutputKind.Saved).Select(output => forward.Ops[output.Value]).Where(op => op.Shape.Rank == 2)];

        // The memory before the step, by which the gradient by the gate f goes; the memory after it is made of that and of kept vectors.
        matrices.Select(op => op.Kind).ShouldBe([OpKind.State]);
    }

    [Fact]
    public void The_tape_of_a_gru_holds_the_recurrent_product_with_its_bias()
    {
        OpGraph forward = Apply(DifferentiateCells.Write("gru")).Forward;

        Op saved = forward.Ops[forward.Outputs.Single(o => o.Kind == OutputKind.Saved && forward.Ops[o.Value].Kind == OpKind.Add).Value];

        forward.Ops[forward.Ops[saved.A].A].Kind.ShouldBe(OpKind.Parameter);
        forward.Names[forward.Ops[saved.A].A].ShouldBe("Un");
        forward.Names[saved.B].ShouldBe("bhn");
    }

    [Fact]
    public void Ordering_the_sums_changes_nothing_on_the_tape()
    {
        foreach (string name in DifferentiateCells.Names)
        {
            CellSketch cell = DifferentiateCells.Write(name);
            OpGraph ordered = SumOrder.Apply(cell.Graph);

            OpGraph forward = Checkpoint.Apply(ordered, Differentiate.Apply(ordered, cell.Parameters.Count)).Forward;

            Saved(forward).ShouldBe(Saved(Apply(cell).Forward), name);
        }
    }

    [Fact]
    public void A_value_of_parameters_alone_is_not_kept_for_every_time_step()
    {
        (OpGraph forward, OpGraph backward) = Apply(DifferentiateCells.Write("scaled"));

        Saved(forward).ShouldNotContain("w");
        backward.Ops[backward.Names.ToList().IndexOf("w")].Kind.ShouldBe(OpKind.Sigmoid);
    }

    private static (OpGraph Forward, OpGraph Backward) Apply(CellSketch cell) =>
        Checkpoint.Apply(cell.Graph, Differentiate.Apply(cell.Graph, cell.Parameters.Count));

    /// <summary>The names of what is saved, or the kind of what has none.</summary>
    private static List<string> Saved(OpGraph forward) =>
    [
        .. forward.Outputs.Where(output => output.Kind == OutputKind.Saved)
            .Select(output => forward.Names[output.Value] is { Length: > 0 } name ? name : forward.Ops[output.Value].Kind.ToString()),
    ];
}
