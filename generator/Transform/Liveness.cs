using System.Collections.Generic;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>Which values of a graph its outputs need.</summary>
public static class Liveness
{
    /// <summary>For each value, whether an output reads it, directly or through other values.</summary>
    public static bool[] Of(OpGraph graph) => Of(graph.Ops, graph.Outputs);

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
