using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>An operation that is not defined, or has no derivative, where a sequence starts.</summary>
/// <param name="At">The value.</param>
/// <param name="What">What it does, as a clause.</param>
public readonly record struct ZeroStartFault(int At, string What);

/// <summary>
/// Finds divisions, logarithms and roots whose operand is exactly 0 as long as the states are: whatever the input and the parameters.
/// </summary>
public static class ZeroStart
{
    /// <summary>The operations at fault.</summary>
    /// <param name="ops">The values of the equations.</param>
    /// <param name="learned">Numbers of the states that do not start from zeros.</param>
    public static IReadOnlyList<ZeroStartFault> Find(IReadOnlyList<Op> ops, ICollection<int> learned)
    {
        List<ZeroStartFault> faults = [];
        double?[] values = new double?[ops.Count];
        for (int i = 0; i < values.Length; i++)
        {
            Op op = ops[i];
            string? what = op.Kind switch
            {
                OpKind.Divide when values[op.B] == 0 => "divides by 0",
                OpKind.Log when values[op.A] == 0 => "is the logarithm of 0",
                OpKind.Sqrt when values[op.A] == 0 => "is the root of 0, which has no derivative,",
                _ => null,
            };
            if (what is not null)
            {
                faults.Add(new ZeroStartFault(i, what));
            }
            else
            {
                values[i] = Value(op, values, learned);
            }
        }

        return faults;
    }

    /// <summary>The number that every element of a value is, or null where it is not known to be one.</summary>
    private static double? Value(Op op, double?[] values, ICollection<int> learned)
    {
        double? a = op.HasA ? values[op.A] : null;
        double? b = op.HasB ? values[op.B] : null;
        switch (op.Kind)
        {
            case OpKind.Constant:
                return op.Constant;
            case OpKind.State:
                return learned.Contains(op.A) ? null : 0;
            case OpKind.Multiply or OpKind.Product or OpKind.TransposedProduct or OpKind.Outer or OpKind.Convolution when a == 0 || b == 0:
            case OpKind.Divide or OpKind.Sum or OpKind.RowSums or OpKind.ColumnSums when a == 0:
                return 0;
            case OpKind.Greatest or OpKind.Detach or OpKind.Transpose or OpKind.SpreadRows or OpKind.SpreadColumns or OpKind.Take or OpKind.Drop or OpKind.Frames:
                return a;
            case OpKind.When:
                return b;
            case OpKind.Concat or OpKind.Otherwise:
                return a == b ? a : null;
            case OpKind.Sum:
                return null;
            default:
                return a is null || (op.HasB && b is null) ? null : op.HasB ? Numbers.Fold(op.Kind, a.Value, b!.Value) : Numbers.Fold(op.Kind, a.Value);
        }
    }
}
