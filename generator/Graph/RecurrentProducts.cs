using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>
/// The products by which weights carry the past on: those of a matrix that is made of parameters and numbers alone, or of its transpose, and a vector that is a
/// state itself. What is computed from a state first, such as <c>r * h</c> in <c>U * (r * h)</c>, is no state.
/// </summary>
public static class RecurrentProducts
{
    /// <summary>Their positions in the graph of a time step.</summary>
    public static IEnumerable<int> Of(OpGraph step)
    {
        bool[] isWeight = new bool[step.Ops.Count];
        for (int i = 0; i < isWeight.Length; i++)
        {
            Op op = step.Ops[i];
            isWeight[i] = op.Kind is OpKind.Parameter or OpKind.Constant || (!op.IsLeaf && op.Operands.All(operand => isWeight[operand]));
            if (op.Kind is OpKind.Product or OpKind.TransposedProduct && isWeight[op.A] && step.Ops[op.B].Kind == OpKind.State)
            {
                yield return i;
            }
        }
    }

    /// <summary>The numbers of the states that they read, each once, in order.</summary>
    public static IEnumerable<int> StatesOf(OpGraph step) => Of(step).Select(product => step.Ops[step.Ops[product].B].A).Distinct().OrderBy(state => state);
}
