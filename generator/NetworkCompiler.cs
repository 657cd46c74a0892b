using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;
using Recurrent.Gen.Transform;

namespace Recurrent.Gen;

/// <summary>Takes a declaration through the stages between parsing and emission.</summary>
public static class NetworkCompiler
{
    /// <summary>Multiply-adds of a time step from which it pays to take several streams at once.</summary>
    private const long LeastWorkOfMany = 2048;

    public static NetworkPlan Compile(NetworkSpec spec)
    {
        Course course = new(spec);
        WeightFormat weights = WeightFormat.Of(spec.Weights);
        int stateSize = spec.Layers.Sum(layer => layer.StateSizes.Sum());
        IEnumerable<LayerPlan> layers = spec.Layers.Select((layer, number) =>
            Compile(layer, course.AddsToInputGradient(number), isRead: course.LevelOf(number) < course.HandedOver.Count, stateSize, course.IsStreaming, weights));
        return new NetworkPlan(spec, course, layers.ToArray());
    }

    private static LayerPlan Compile(LayerSpec layer, bool addsToInputGradient, bool isRead, int stateSize, bool isStreaming, WeightFormat weights)
    {
        bool zonesOut = layer.Zoneout > 0 && layer.Cell.States.Count > 0;
        layer = layer.IsResidual && !zonesOut ? layer with { Cell = AroundCell.WithResidual(layer.Cell, layer.InputSize, layer.OutputOffset) } : layer;
        int own = layer.Cell.Parameters.Count;
        (OpGraph load, OpGraph forward) = LoadTime.Split(SumOrder.Apply(Simplify.Apply(layer.Cell.Body)), own);
        (CellGraph cell, load, forward) = DerivedParameters.Name(layer.Cell, load, forward);
        layer = layer with { Cell = cell };

        // Inference has the expectation of what training draws; what is dropped is scaled so that this is the value itself.
        OpGraph training = layer.RecurrentDropout > 0 ? WithRecurrentDropout(forward, cell) : forward;
        if (zonesOut)
        {
            OpGraph Around(OpGraph step, bool isTraining)
            {
                OpGraph zoned = AroundCell.WithZoneout(step, cell, layer.Zoneout, isTraining);
                return layer.IsResidual ? AroundCell.WithResidual(cell with { Body = zoned }, layer.InputSize, layer.OutputOffset).Body : zoned;
            }

            training = Around(training, isTraining: true);
            forward = Around(forward, isTraining: false);
        }

        training = layer.Dropout > 0 && isRead ? WithDropout(training, cell) : training;

        // Gradients are named after the values that they belong to, so these get names first.
        OpGraph described = LaneNames.Described(cell, training);
        int[] frozen = [.. Enumerable.Range(0, cell.Parameters.Count).Where(parameter => cell.Parameters[parameter].IsFrozen)];
        OpGraph derived = LoadTime.WithoutConstants(Differentiate.Apply(described, cell.Parameters.Count, frozen), load, own);
        OpGraph gradients = SumOrder.Apply(addsToInputGradient ? AroundCell.AddingToInputGradient(derived, cell.States.Count) : derived);
        (OpGraph record, OpGraph backward) = Checkpoint.Apply(described, gradients);

        List<PassPlan> passes = [];
        if (load.Outputs.Count > 0)
        {
            passes.Add(PassPlanner.Plan(Pass.Load, layer, ExpandMatrices.Apply(load, hasPackedWeights: true)));
        }

        record = PowersOfTwo.Apply(record with { Names = training.Names });
        forward = PowersOfTwo.Apply(forward);
        PassPlan? input = null;
        OpGraph whole = forward;
        bool isTrainedApart = weights != WeightFormat.Float32;

        // A factor would change what rounding to fewer bits makes of a weight.
        OpGraph Inference(OpGraph graph) => ExpandMatrices.Apply(isTrainedApart ? PowersOfTwo.Undo(graph) : graph, hasPackedWeights: true);
        if (Hoist.Split(forward, record) is (OpGraph inputGraph, OpGraph forwardGraph, OpGraph recordGraph))
        {
            (inputGraph, forward, record) = HoistedNames.Name(cell, inputGraph, forwardGraph, recordGraph);
            input = PassPlanner.Plan(Pass.Input, layer, Inference(inputGraph), weights: weights);
            passes.Add(input);
            if (isTrainedApart)
            {
                passes.Add(PassPlanner.Plan(Pass.RecordInput, layer, ExpandMatrices.Apply(inputGraph, hasPackedWeights: true)));
            }
        }

        passes.Add(PassPlanner.Plan(Pass.Forward, layer, Inference(forward), input, weights: weights));
        if (input is not null && isStreaming && !isTrainedApart)
        {
            PassPlan step = PassPlanner.Plan(Pass.Step, layer, Inference(whole));
            if (SingleStep.Pays(step, input, passes[passes.Count - 1]))
            {
                passes.Add(step);
            }
        }

        bool takesMany = layer.Cell.States.Count > 0 && Work(forward) >= LeastWorkOfMany;
        if (takesMany && isStreaming)
        {
            passes.Add(PassPlanner.Plan(Pass.Many, layer, Inference(forward), input, stateSize, weights));
        }

        OpGraph recordSteps = ExpandMatrices.Apply(record, hasPackedWeights: true);
        OpGraph backwardSteps = ExpandMatrices.Apply(backward, hasPackedWeights: false);
        passes.Add(PassPlanner.Plan(Pass.Record, layer, recordSteps, input));
        passes.Add(PassPlanner.Plan(Pass.Backward, layer, backwardSteps));
        if (takesMany)
        {
            PassPlan[] ofMany = [PassPlanner.Plan(Pass.RecordMany, layer, recordSteps, input, stateSize), PassPlanner.Plan(Pass.BackwardMany, layer, backwardSteps, stateStride: stateSize)];
            passes.AddRange(ofMany.Where(plan => plan.TakesRows));
        }

        int[] reached = backward.Outputs.Where(o => o.Kind == OutputKind.ParameterGradient && o.Index >= own).Select(o => o.Index - own).ToArray();
        if (reached.Length > 0)
        {
            OpGraph loadBackward = ExpandMatrices.Apply(SumOrder.Apply(LoadTime.Derivative(load, own, reached, frozen)), hasPackedWeights: false);
            passes.Add(PassPlanner.Plan(Pass.LoadBackward, layer, DerivedParameters.NameGradients(cell, loadBackward, own)));
        }

        return new LayerPlan(layer, passes);
    }

    /// <summary>Multiply-adds with weights.</summary>
    private static long Work(OpGraph graph) => graph.Ops
        .Where(op => op.Kind is OpKind.Product or OpKind.TransposedProduct && graph.Ops[op.A].Kind == OpKind.Parameter)
        .Sum(op => (long)graph.Ops[op.A].Shape.Length);

    /// <summary>The graph with a mask on its output, unless that is a constant to derivatives: then no backward pass would read the mask, and nothing is learned from it.</summary>
    private static OpGraph WithDropout(OpGraph graph, CellGraph cell)
    {
        OpGraph masked = AroundCell.WithDropout(graph, cell.States.Count);
        return MasksReadBackward(masked, cell).Contains(cell.States.Count) ? masked : graph;
    }

    /// <summary>The graph with masks on the states that its recurrent products read, but for those whose products are all constants to derivatives.</summary>
    private static OpGraph WithRecurrentDropout(OpGraph graph, CellGraph cell)
    {
        int[] states = [.. RecurrentProducts.StatesOf(graph)];
        HashSet<int> read = MasksReadBackward(AroundCell.WithRecurrentDropout(graph, cell, states), cell);
        return AroundCell.WithRecurrentDropout(graph, cell, [.. states.Where(state => read.Contains(cell.States.Count + 1 + state))]);
    }

    private static HashSet<int> MasksReadBackward(OpGraph graph, CellGraph cell) =>
    [
        .. Differentiate.Apply(graph, cell.Parameters.Count).Ops
            .Where(op => op.Kind == OpKind.Forward && graph.Ops[op.A].Kind == OpKind.Mask)
            .Select(op => graph.Ops[op.A].A),
    ];
}
