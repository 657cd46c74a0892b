using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>Rewrites that put a cell's graph to use in a network whose layers are more than one behind another.</summary>
public static class AroundCell
{
    /// <summary>The cell with its input added to its output; its next states stay as they are.</summary>
    /// <param name="cell">A cell.</param>
    /// <param name="inputSize">Floats of the input.</param>
    /// <param name="offset">The first element of the input that is added, where the output is shorter.</param>
    public static CellGraph WithResidual(CellGraph cell, int inputSize, int offset)
    {
        GraphOutput given = cell.Body.Outputs.First(output => output.Kind == OutputKind.Output);
        Shape shape = cell.Body.Ops[given.Value].Shape;
        List<Op> added = [new Op(OpKind.Input, -1, Shape.Vector(inputSize))];
        if (shape.Length != inputSize)
        {
            added.Add(new Op(OpKind.Slice, cell.Body.Ops.Count, -1, shape, offset));
        }

        added.Add(new Op(OpKind.Add, given.Value, cell.Body.Ops.Count + added.Count - 1, shape));
        return cell with { Body = With(cell.Body, given, added, cell.Input) };
    }

    /// <summary>The backward graph of a layer that adds its gradient by the input to what another layer, which reads the same input, has left.</summary>
    /// <param name="gradients">The layer's own gradients.</param>
    /// <param name="states">How many states its cell has.</param>
    public static OpGraph AddingToInputGradient(OpGraph gradients, int states)
    {
        if (!gradients.Outputs.Any(output => output.Kind == OutputKind.InputGradient))
        {
            // Gradients that are 0: so are those of the same cell beside it.
            return gradients;
        }

        GraphOutput given = gradients.Outputs.First(output => output.Kind == OutputKind.InputGradient);
        Shape shape = gradients.Ops[given.Value].Shape;
        List<Op> added = [new Op(OpKind.Cotangent, states + 1, shape), new Op(OpKind.Add, given.Value, gradients.Ops.Count, shape)];
        return With(gradients, given, added, "");
    }

    /// <summary>Appends values; the last of them takes the place of one that was given.</summary>
    private static OpGraph With(OpGraph graph, GraphOutput given, List<Op> added, string name) => new(
        graph.Ops.Concat(added).ToEquatableArray(),
        graph.Names.Concat(added.Select((_, i) => i == 0 ? name : "")).ToEquatableArray(),
        graph.Outputs.Select(output => output == given ? output with { Value = graph.Ops.Count + added.Count - 1 } : output).ToEquatableArray());
}
