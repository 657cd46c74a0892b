using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Rebuilds a graph in its simplest form: what a <see cref="GraphBuilder"/> makes of its values. The values that remain stand in the order in
/// which they stood, under the names they had (one of them, where several values prove to be the same); the outputs are the same outputs in the
/// same order; every value is the same number, but for the sign of a zero to which 0 was added. Values that no output needs are gone, and so are
/// leaves: a shape must not be looked up from a leaf that the equations do not read.
/// Applied to its own result it changes nothing.
/// </summary>
public static class Simplify
{
    public static OpGraph Apply(OpGraph graph)
    {
        bool[] live = Liveness.Of(graph.Ops, graph.Outputs.Select(output => output.Value));
        GraphBuilder builder = new();
        int[] positions = new int[graph.Ops.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            if (live[i])
            {
                positions[i] = builder.Append(graph.Ops[i], positions);
                builder.Name(positions[i], graph.Names[i]);
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Kind, output.Index, positions[output.Value]);
        }

        return builder.Build();
    }
}
