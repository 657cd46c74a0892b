using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Takes what reads the input and no state out of the graph of a time step: it can be computed for many time steps at once, so that one pass over the
/// weights serves them all, and it does not wait for the step before.
/// </summary>
public static class Hoist
{
    /// <summary>Multiply-adds from which it pays to write values to memory and to read them again.</summary>
    private const long LeastWork = 2048;

    /// <summary>The parts of the two forward graphs, or null where nothing is worth taking out.</summary>
    /// <param name="forward">The graph of a time step.</param>
    /// <param name="record">
    /// The same graph, which also gives what is saved for the backward pass. Where training leaves something to chance, both have operations of their own.
    /// </param>
    /// <returns>
    /// A graph that gives each value taken out as <see cref="OutputKind.Saved"/>, numbered from 0, and both graphs with an <see cref="OpKind.Hoisted"/> of
    /// that number in its stead.
    /// </returns>
    public static (OpGraph Input, OpGraph Forward, OpGraph Record)? Split(OpGraph forward, OpGraph record)
    {
        int[] inForward = Common(forward, record);
        (bool[] isFree, long[] work) = Analyse(forward);
        HashSet<int> common = [.. inForward];
        for (int v = 0; v < isFree.Length; v++)
        {
            isFree[v] &= common.Contains(v);
        }

        int[] hoisted = [.. NeededByOthers(forward, isFree, [.. isFree.Select((_, v) => v)])
            .Union(NeededByOthers(record, isFree, inForward))
            .Where(v => work[v] > 0)
            .OrderBy(v => v)];
        if (forward.Ops.All(op => op.Kind != OpKind.State) || Needed(forward, hoisted).Sum(v => OwnWork(forward, v)) < LeastWork)
        {
            return null;
        }

        OpGraph input = forward with
        {
            Outputs = hoisted.Select((value, plane) => new GraphOutput(OutputKind.Saved, plane, value)).ToEquatableArray(),
        };
        return (Simplify.Apply(input), Without(forward, hoisted), Without(record, [.. hoisted.Select(v => System.Array.IndexOf(inForward, v))]));
    }

    /// <summary>For each value of a graph, the value of another one that is computed in the same way; -1 where there is none.</summary>
    private static int[] Common(OpGraph other, OpGraph graph)
    {
        Dictionary<Op, int> known = [];
        for (int v = other.Ops.Count - 1; v >= 0; v--)
        {
            known[other.Ops[v]] = v;
        }

        int[] common = new int[graph.Ops.Count];
        for (int v = 0; v < common.Length; v++)
        {
            Op op = graph.Ops[v];
            Op there = op.Reading(common);
            common[v] = op.Operands.All(operand => common[operand] >= 0) && known.TryGetValue(there, out int found) ? found : -1;
        }

        return common;
    }

    /// <summary>For each value, whether it reads the input and no state, and the multiply-adds that it takes at most.</summary>
    private static (bool[] IsFree, long[] Work) Analyse(OpGraph graph)
    {
        bool[] isBound = new bool[graph.Ops.Count];
        bool[] readsInput = new bool[graph.Ops.Count];
        long[] work = new long[graph.Ops.Count];
        for (int v = 0; v < work.Length; v++)
        {
            Op op = graph.Ops[v];

            // A matrix is many floats to keep for each time step; what it is made of is not.
            isBound[v] = op.Kind is OpKind.State or OpKind.Row || (op.Shape.Rank == 2 && !op.IsLeaf) || op.Operands.Any(operand => isBound[operand]);
            readsInput[v] = op.Kind == OpKind.Input || op.Operands.Any(operand => readsInput[operand]);
            work[v] = op.Operands.Aggregate(OwnWork(graph, v), (sum, operand) => System.Math.Min(sum + work[operand], LeastWork));
        }

        return ([.. isBound.Zip(readsInput, (bound, reads) => reads && !bound)], work);
    }

    private static long OwnWork(OpGraph graph, int value)
    {
        Op op = graph.Ops[value];
        return op.Kind is OpKind.Product or OpKind.TransposedProduct ? (long)graph.Ops[op.A].Shape.Length : 0;
    }

    /// <summary>The free values of the forward graph that something else than a free value of a graph needs.</summary>
    private static IEnumerable<int> NeededByOthers(OpGraph graph, bool[] isFree, int[] inForward)
    {
        bool IsFree(int value) => inForward[value] >= 0 && isFree[inForward[value]];
        return graph.Outputs.Select(output => output.Value)
            .Concat(Enumerable.Range(0, graph.Ops.Count).Where(v => !IsFree(v)).SelectMany(v => graph.Ops[v].Operands))
            .Where(IsFree)
            .Select(v => inForward[v]);
    }

    private static IEnumerable<int> Needed(OpGraph graph, int[] values)
    {
        HashSet<int> needed = [.. values];
        for (int v = graph.Ops.Count - 1; v >= 0; v--)
        {
            if (needed.Contains(v))
            {
                needed.UnionWith(graph.Ops[v].Operands);
            }
        }

        return needed;
    }

    private static OpGraph Without(OpGraph graph, int[] hoisted)
    {
        Op[] ops = [.. graph.Ops];
        for (int plane = 0; plane < hoisted.Length; plane++)
        {
            ops[hoisted[plane]] = new Op(OpKind.Hoisted, plane, ops[hoisted[plane]].Shape);
        }

        return Liveness.Trim(graph with { Ops = ops.ToEquatableArray() });
    }
}
