using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Which values of a graph its outputs need.</summary>
public static class Liveness
{
    /// <summary>For each value, whether an output reads it, directly or through other values.</summary>
    public static bool[] Of(IReadOnlyList<Op> ops, IEnumerable<int> outputs)
    {
        bool[] live = new bool[ops.Count];
        foreach (int output in outputs)
        {
            live[output] = true;
        }

        for (int i = ops.Count - 1; i >= 0; i--)
        {
            foreach (int operand in live[i] ? ops[i].Operands : [])
            {
                live[operand] = true;
            }
        }

        return live;
    }

    /// <summary>The values that outputs need, in their order and with what stands beside each, and where each now is.</summary>
    public static (List<Op> Ops, List<T> Beside, int[] Positions) Sweep<T>(IReadOnlyList<Op> ops, IReadOnlyList<T> beside, IEnumerable<int> outputs)
    {
        bool[] live = Of(ops, outputs);
        int[] positions = new int[live.Length];
        List<Op> left = [];
        List<T> leftBeside = [];
        for (int i = 0; i < live.Length; i++)
        {
            if (live[i])
            {
                positions[i] = left.Count;
                left.Add(ops[i].Reading(positions));
                leftBeside.Add(beside[i]);
            }
        }

        return (left, leftBeside, positions);
    }

    /// <summary>The graph of the values that outputs need; they keep their order and their names.</summary>
    public static OpGraph Trim(IReadOnlyList<Op> ops, IReadOnlyList<string> names, IReadOnlyList<GraphOutput> outputs)
    {
        (List<Op> left, List<string> leftNames, int[] positions) = Sweep(ops, names, outputs.Select(output => output.Value));
        return new OpGraph(
            left.ToEquatableArray(),
            leftNames.ToEquatableArray(),
            outputs.Select(output => output with { Value = positions[output.Value] }).ToEquatableArray());
    }

    /// <summary>The graph without the values that no output needs; the others keep their order and their names.</summary>
    public static OpGraph Trim(OpGraph graph) => Trim(graph.Ops, graph.Names, graph.Outputs);
}
