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

    /// <summary>
    /// The graph of a time step in which a part of every state stays what it was: s' becomes k s + (1 - k) s', as in Krueger et al., Zoneout, 2017, where k is
    /// p in inference, and a mask of ones and zeros in training. An output that is a next state becomes that too.
    /// </summary>
    /// <remarks>
    /// Both graphs have the same operations but for k itself, so that with a mask that is p everywhere they round alike. Sums must stand in order already.
    /// </remarks>
    /// <param name="step">The graph of a time step.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="probability">The number p.</param>
    /// <param name="isTraining">Whether k is <see cref="OpKind.Mask"/> number i for state i.</param>
    public static OpGraph WithZoneout(OpGraph step, CellGraph cell, double probability, bool isTraining)
    {
        List<Op> ops = [.. step.Ops];
        List<string> names = [.. step.Names];
        GraphOutput[] outputs = [.. step.Outputs];
        for (int state = 0; state < cell.States.Count; state++)
        {
            int next = step.Outputs.First(output => output.Kind == OutputKind.NextState && output.Index == state).Value;
            Shape shape = step.Ops[next].Shape;

            // As the mask would be in the kernel: a float, and 1 less this float.
            double p = (float)probability;
            int kept = Add(isTraining ? new Op(OpKind.Mask, state, shape) : Op.Number(p), isTraining ? cell.States[state] + "Kept" : "");
            int renewed = isTraining ? Add(new Op(OpKind.Subtract, Add(Op.Number(1)), kept, shape)) : Add(Op.Number(1 - p));
            int before = Add(new Op(OpKind.State, state, shape), cell.States[state]);
            int old = Add(new Op(OpKind.Multiply, kept, before, shape));
            int changed = Add(new Op(OpKind.Multiply, renewed, next, shape));
            int both = Add(new Op(OpKind.Add, old, changed, shape));
            for (int i = 0; i < outputs.Length; i++)
            {
                bool isState = outputs[i].Kind == OutputKind.NextState && outputs[i].Index == state;
                bool isGiven = outputs[i].Kind == OutputKind.Output && step.Outputs[i].Value == next && step.Ops[next].Kind != OpKind.State;
                outputs[i] = isState || isGiven ? outputs[i] with { Value = both } : outputs[i];
            }
        }

        return new OpGraph(ops.ToEquatableArray(), names.ToEquatableArray(), outputs.ToEquatableArray());

        int Add(Op op, string name = "")
        {
            int known = op.Kind is OpKind.State or OpKind.Constant ? ops.IndexOf(op) : -1;
            if (known >= 0)
            {
                return known;
            }

            ops.Add(op);
            names.Add(name);
            return ops.Count - 1;
        }
    }

    /// <summary>
    /// The graph of a time step in which every recurrent product of some states reads what it carries on times a mask, as in Gal and Ghahramani, A Theoretically Grounded
    /// Application of Dropout in Recurrent Neural Networks, 2016. What else reads these states reads them as they are.
    /// </summary>
    /// <remarks>
    /// The values of the step stand in their order, and each sum adds what it did: with a mask of ones both graphs round alike. Sums must stand in order already.
    /// </remarks>
    /// <param name="step">The graph of a time step.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="states">The states; the mask of state i is number i behind that of <see cref="WithDropout"/>.</param>
    public static OpGraph WithRecurrentDropout(OpGraph step, CellGraph cell, ICollection<int> states)
    {
        Dictionary<int, int> products = RecurrentProducts.Of(step).Where(product => states.Contains(product.State)).ToDictionary(product => product.Product, product => product.State);
        Dictionary<int, int> read = products.GroupBy(product => step.Ops[product.Key].B, product => product.Value).ToDictionary(group => group.Key, group => group.First());
        Dictionary<int, int> masks = [];
        List<Op> ops = [];
        List<string> names = [];
        int[] positions = new int[step.Ops.Count];
        int[] masked = new int[step.Ops.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            Op op = step.Ops[i];
            Op moved = op.Reading(positions);
            positions[i] = Add(products.ContainsKey(i) ? moved with { B = masked[op.B] } : moved, step.Names[i]);
            if (read.TryGetValue(i, out int state))
            {
                if (!masks.TryGetValue(state, out int mask))
                {
                    masks[state] = mask = Add(new Op(OpKind.Mask, cell.States.Count + 1 + state, op.Shape), cell.States[state] + "Mask");
                }

                masked[i] = Add(new Op(OpKind.Multiply, positions[i], mask, op.Shape), step.Names[i].Length > 0 ? step.Names[i] + "Masked" : "");
            }
        }

        return new OpGraph(
            ops.ToEquatableArray(), names.ToEquatableArray(), step.Outputs.Select(output => output with { Value = positions[output.Value] }).ToEquatableArray());

        int Add(Op op, string name)
        {
            ops.Add(op);
            names.Add(name);
            return ops.Count - 1;
        }
    }

    /// <summary>The graph of a time step whose output is multiplied, element by element, by a mask.</summary>
    /// <param name="step">The graph of a time step.</param>
    /// <param name="mask">The number of the mask.</param>
    public static OpGraph WithDropout(OpGraph step, int mask)
    {
        GraphOutput given = step.Outputs.First(output => output.Kind == OutputKind.Output);
        Shape shape = step.Ops[given.Value].Shape;
        List<Op> added = [new Op(OpKind.Mask, mask, shape), new Op(OpKind.Multiply, given.Value, step.Ops.Count, shape)];
        return With(step, given, added, "yKept");
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
