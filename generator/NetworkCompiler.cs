using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;
using Recurrent.Gen.Transform;

namespace Recurrent.Gen;

/// <summary>Takes a declaration through the stages between parsing and emission.</summary>
public static class NetworkCompiler
{
    public static NetworkPlan Compile(NetworkSpec spec)
    {
        Course course = new(spec);
        return new NetworkPlan(spec, course, spec.Layers.Select((layer, number) => Compile(layer, course.AddsToInputGradient(number))).ToArray());
    }

    private static LayerPlan Compile(LayerSpec layer, bool addsToInputGradient)
    {
        layer = layer.IsResidual ? layer with { Cell = AroundCell.WithResidual(layer.Cell, layer.InputSize, layer.OutputOffset) } : layer;
        CellGraph cell = layer.Cell;
        OpGraph forward = SumOrder.Apply(Simplify.Apply(cell.Body));

        // Gradients are named after the values that they belong to, so these get names first.
        OpGraph described = LaneNames.Described(cell, forward);
        OpGraph derived = Differentiate.Apply(described, cell.Parameters.Count);
        OpGraph gradients = SumOrder.Apply(addsToInputGradient ? AroundCell.AddingToInputGradient(derived, cell.States.Count) : derived);
        (OpGraph record, OpGraph backward) = Checkpoint.Apply(described, gradients);
        return new LayerPlan(
            layer,
            PassPlanner.Plan(Pass.Forward, layer, ExpandMatrices.Apply(forward, hasPackedWeights: true)),
            PassPlanner.Plan(Pass.Record, layer, ExpandMatrices.Apply(record with { Names = forward.Names }, hasPackedWeights: true)),
            PassPlanner.Plan(Pass.Backward, layer, ExpandMatrices.Apply(backward, hasPackedWeights: false)));
    }
}
