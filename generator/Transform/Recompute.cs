using System;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>Puts into a backward graph, in place of the forward values that it reads, the equations that compute them again.</summary>
internal static class Recompute
{
    /// <summary>The backward graph, simplified.</summary>
    /// <param name="forward">The forward graph.</param>
    /// <param name="backward">What reads it: A of a <see cref="OpKind.Forward"/> is a position in it.</param>
    /// <param name="read">What stands for the forward value at a position: a leaf of the builder, or null where the value is computed again.</param>
    public static OpGraph Apply(OpGraph forward, OpGraph backward, Func<GraphBuilder, int, int?> read)
    {
        GraphBuilder builder = new();
        int[] copies = new int[forward.Ops.Count];
        for (int i = 0; i < copies.Length; i++)
        {
            // Dead copies are dropped by the builder.
            copies[i] = read(builder, i) ?? builder.Append(forward.Ops[i], copies);
            builder.Name(copies[i], forward.Names[i]);
        }

        int[] positions = new int[backward.Ops.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            Op op = backward.Ops[i];
            positions[i] = op.Kind == OpKind.Forward ? copies[op.A] : builder.Append(op, positions);
            builder.Name(positions[i], backward.Names[i]);
        }

        foreach (GraphOutput output in backward.Outputs)
        {
            builder.Output(output.Kind, output.Index, positions[output.Value]);
        }

        return builder.Build();
    }
}
