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
/// parameters alone, which are the same for all time steps; what is spread from fewer elements, such as an outer product of two vectors, which are kept
/// instead; and sums, differences, products element by element, choices, signs, slices and joints of numbers, of values of parameters alone and of other
/// values that the backward graph reads; of matrices, which are large, chains of such operations too.
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
        bool[] isRead = ReadOrSpread(forward, backward);
        bool[] isParameterOnly = LoadTime.IsParameterOnly(forward);
        bool[] again = new bool[isRead.Length];

        // Operands stand before what reads them, so one walk settles all: whether a value is there for the backward graph does not
        // depend on whether it is kept or computed again.
        for (int i = 0; i < again.Length; i++)
        {
            Op op = forward.Ops[i];
            bool areThere = op.Operands.All(operand => again[operand] || isRead[operand]);

            // A product of parameters alone is kept: the backward pass reads its matrices column by column.
            again[i] = op.IsLeaf
                ? op.Kind is OpKind.Parameter or OpKind.Constant
                : areThere && (IsSpread(op.Kind)
                    || (isParameterOnly[i] && op.Kind is not (OpKind.Product or OpKind.TransposedProduct or OpKind.Row))
                    || ((isRead[i] || op.Shape.Rank == 2) && IsCheap(op.Kind)));
        }

        return again;
    }

    /// <summary>
    /// The forward values that the backward graph reads, and those that what it reads is spread from: keeping these instead is never more, and less
    /// where a matrix is made of vectors.
    /// </summary>
    private static bool[] ReadOrSpread(OpGraph forward, OpGraph backward)
    {
        bool[] isRead = new bool[forward.Ops.Count];
        foreach (int position in Reads(backward))
        {
            isRead[position] = true;
        }

        for (int i = isRead.Length - 1; i >= 0; i--)
        {
            if (isRead[i] && IsSpread(forward.Ops[i].Kind))
            {
                foreach (int operand in forward.Ops[i].Operands)
                {
                    isRead[operand] = true;
                }
            }
        }

        return isRead;
    }

    /// <summary>Whether a value has no more in it than its operands, which hold fewer elements or as many.</summary>
    private static bool IsSpread(OpKind kind) =>
        kind is OpKind.Spread or OpKind.SpreadRows or OpKind.SpreadColumns or OpKind.Outer or OpKind.Pad or OpKind.Detach;

    /// <summary>Whether a value costs less to compute again than to keep.</summary>
    private static bool IsCheap(OpKind kind) => kind is OpKind.Add or OpKind.Subtract or OpKind.Multiply or OpKind.Min or OpKind.Max or OpKind.Less
        or OpKind.Negate or OpKind.Relu or OpKind.Positive or OpKind.Abs or OpKind.Sign or OpKind.Slice or OpKind.Concat;

    private static IEnumerable<int> Reads(OpGraph backward) => backward.Ops.Where(op => op.Kind == OpKind.Forward).Select(op => op.A);
}
