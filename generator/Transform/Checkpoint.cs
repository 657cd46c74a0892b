using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Decides what the forward pass keeps for the backward pass, and what that computes again: storing against recomputing, as in Griewank and Walther,
/// Evaluating Derivatives, second edition, 2008, chapter 12.
/// <para>
/// The tape holds the forward values that the backward graph reads, but for those that cost less to compute again than to keep: values of
/// parameters alone, which are computed once for all time steps, and sums, differences, products element by element and changed signs of
/// numbers, of values of parameters alone and of other values that the backward graph reads.
/// </para>
/// <para>
/// The forward graph that comes back has the same values at the same positions, and a <see cref="OutputKind.Saved"/> for each plane of the tape,
/// numbered from 0 in the order of their positions, behind its other outputs. In the backward graph A of a <see cref="OpKind.Forward"/> is
/// the number of a plane; values computed again bear their forward names. It is simplified, it reads every plane, and its gradients are the same numbers.
/// </para>
/// </summary>
public static class Checkpoint
{
    /// <summary>Lays out the tape.</summary>
    /// <param name="forward">A forward graph.</param>
    /// <param name="backward">What <see cref="Differentiate"/> makes of it: A of a <see cref="OpKind.Forward"/> is a position in it.</param>
    public static (OpGraph Forward, OpGraph Backward) Apply(OpGraph forward, OpGraph backward)
    {
        OpGraph recomputing = ReadingKept(forward, backward);
        List<int> saved = [.. Reads(recomputing).Distinct().OrderBy(position => position)];
        Dictionary<int, int> planes = saved.Select((position, plane) => (position, plane)).ToDictionary(pair => pair.position, pair => pair.plane);

        IEnumerable<GraphOutput> outputs = forward.Outputs.Concat(saved.Select((position, plane) => new GraphOutput(OutputKind.Saved, plane, position)));
        IEnumerable<Op> ops = recomputing.Ops.Select(op => op.Kind == OpKind.Forward ? op with { A = planes[op.A] } : op);
        return (forward with { Outputs = outputs.ToEquatableArray() }, recomputing with { Ops = ops.ToEquatableArray() });
    }

    /// <summary>The backward graph that reads what is kept alone; A of a forward leaf is still a position.</summary>
    private static OpGraph ReadingKept(OpGraph forward, OpGraph backward)
    {
        bool[] again = ComputedAgain(forward, backward);
        return Recompute.Apply(forward, backward, (builder, value) => again[value] ? null : builder.Forward(value, forward.Ops[value].Shape));
    }

    /// <summary>For each forward value, whether the backward graph can have it without a plane of its own.</summary>
    private static bool[] ComputedAgain(OpGraph forward, OpGraph backward)
    {
        HashSet<int> read = [.. Reads(backward)];
        bool[] again = LoadTime.IsParameterOnly(forward);

        // Operands stand before what reads them, so one walk settles all: whether a value is there for the backward graph does not
        // depend on whether it is kept or computed again.
        for (int i = 0; i < again.Length; i++)
        {
            Op op = forward.Ops[i];
            bool isThere(int operand) => again[operand] || read.Contains(operand);

            // A product of parameters alone is kept: the backward pass reads its matrices column by column.
            again[i] &= op.IsLeaf || (op.Kind is not (OpKind.Product or OpKind.Row) && isThere(op.A) && (!op.HasB || isThere(op.B)));
            again[i] |= op.Kind == OpKind.Constant
                || (op.Kind is OpKind.Add or OpKind.Subtract or OpKind.Multiply or OpKind.Negate && read.Contains(i) && isThere(op.A) && (!op.HasB || isThere(op.B)));
        }

        return again;
    }

    private static IEnumerable<int> Reads(OpGraph backward) => backward.Ops.Where(op => op.Kind == OpKind.Forward).Select(op => op.A);
}
