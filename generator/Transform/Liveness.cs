using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>Which values of a graph its outputs need.</summary>
public static class Liveness
{
    /// <summary>For each value, whether an output reads it, directly or through other values.</summary>
    public static bool[] Of(OpGraph graph) => Of(graph.Ops, graph.Outputs);

    /// <summary>The graph without the values that no output needs; the others keep their order and their names.</summary>
    public static OpGraph Trim(OpGraph graph)
    {
        bool[] live = Of(graph);
        int[] positions = new int[live.Length];
        List<Op> ops = [];
        List<string> names = [];
        for (int v = 0; v < live.Length; v++)
        {
            if (live[v])
            {
                Op op = graph.Ops[v];
                positions[v] = ops.Count;
                ops.Add(op with { A = op.HasA ? positions[op.A] : op.A, B = op.HasB ? positions[op.B] : op.B });
                names.Add(graph.Names[v]);
            }
        }

        return new OpGraph(
            ops.ToEquatableArray(),
            names.ToEquatableArray(),
            graph.Outputs.Select(output => output with { Value = positions[output.Value] }).ToEquatableArray());
    }

    internal static bool[] Of(IReadOnlyList<Op> ops, IReadOnlyList<GraphOutput> outputs)
    {
        bool[] live = new bool[ops.Count];
        foreach (GraphOutput output in outputs)
        {
            live[output.Value] = true;
        }

        for (int i = ops.Count - 1; i >= 0; i--)
        {
            if (live[i] && ops[i].HasA)
            {
                live[ops[i].A] = true;
            }

            if (live[i] && ops[i].HasB)
            {
                live[ops[i].B] = true;
            }
        }

        return live;
    }
}
