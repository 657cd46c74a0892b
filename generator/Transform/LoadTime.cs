using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>Which values can be computed once, when the weights are loaded.</summary>
public static class LoadTime
{
    /// <summary>
    /// For each value, whether it reads parameters and numbers alone, and at least one parameter. A parameter itself does; a number does not.
    /// </summary>
    public static bool[] IsParameterOnly(OpGraph graph)
    {
        bool[] result = new bool[graph.Ops.Count];
        for (int i = 0; i < result.Length; i++)
        {
            Op op = graph.Ops[i];
            bool aFits = op.HasA && (result[op.A] || graph.Ops[op.A].Kind == OpKind.Constant);
            bool bFits = !op.HasB || result[op.B] || graph.Ops[op.B].Kind == OpKind.Constant;
            bool readsParameter = op.HasA && (result[op.A] || (op.HasB && result[op.B]));
            result[i] = op.Kind == OpKind.Parameter || (aFits && bFits && readsParameter);
        }

        return result;
    }
}
