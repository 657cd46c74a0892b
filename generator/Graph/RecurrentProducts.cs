using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>
/// The products by which weights carry the past on: those of a matrix that is made of parameters and numbers alone, or of its transpose, and a vector that is a
/// state, or a state times something element by element, as in <c>U * (r * h)</c>.
/// </summary>
public static class RecurrentProducts
{
    /// <summary>Their positions in the graph of a time step, and the number of the state that each carries on.</summary>
    public static IEnumerable<(int Product, int State)> Of(OpGraph step)
    {
        bool[] isWeight = new bool[step.Ops.Count];
        int[] carried = new int[step.Ops.Count];
        for (int i = 0; i < isWeight.Length; i++)
        {
            Op op = step.Ops[i];
            isWeight[i] = op.Kind is OpKind.Parameter or OpKind.Constant || (!op.IsLeaf && op.Operands.All(operand => isWeight[operand]));
            carried[i] = op.Kind switch
            {
                OpKind.State when op.Shape.Rank == 1 => op.A,
                OpKind.Multiply when carried[op.A] < 0 && step.Ops[op.B].Shape == op.Shape => carried[op.B],
                OpKind.Multiply when carried[op.B] < 0 && step.Ops[op.A].Shape == op.Shape => carried[op.A],
                _ => -1,
            };
            if (op.Kind is OpKind.Product or OpKind.TransposedProduct && isWeight[op.A] && carried[op.B] >= 0)
            {
                yield return (i, carried[op.B]);
            }
        }
    }

    /// <summary>The numbers of the states that they carry on, each once, in order.</summary>
    public static IEnumerable<int> StatesOf(OpGraph step) => Of(step).Select(product => product.State).Distinct().OrderBy(state => state);
}
