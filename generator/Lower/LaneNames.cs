using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>Names of values in kernels: those of the equations, where these give one.</summary>
public static class LaneNames
{
    public static string Of(PassPlan plan, int value)
    {
        string name = plan.Graph.Names[value];
        Op op = plan.Graph.Ops[value];
        if (name.Length > 0)
        {
            return name;
        }

        if (op.Kind == OpKind.Cotangent)
        {
            return op.A == 0 ? "dy" : "d" + plan.Cell.States[op.A - 1];
        }

        return "v" + value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A sum is named after the one value that reads it.</summary>
    public static string OfSum(PassPlan plan, Sum sum)
    {
        string name = plan.Graph.Names[sum.Value];
        if (name.Length > 0)
        {
            return name;
        }

        int[] readers = Enumerable.Range(0, plan.Graph.Ops.Count)
            .Where(v => (plan.Graph.Ops[v].HasA && plan.Graph.Ops[v].A == sum.Value) || (plan.Graph.Ops[v].HasB && plan.Graph.Ops[v].B == sum.Value))
            .ToArray();
        return readers.Length == 1 && plan.Graph.Names[readers[0]].Length > 0
            ? plan.Graph.Names[readers[0]] + "Sum"
            : "sum" + sum.Value.ToString(CultureInfo.InvariantCulture);
    }
}
