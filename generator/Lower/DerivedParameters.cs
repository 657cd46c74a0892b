using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Gives derived parameters a name and a place: the cell of a layer gets them behind its own parameters, and no tensor of the weight file has them.
/// </summary>
public static class DerivedParameters
{
    /// <summary>Names what a load graph gives, in it, in the graph of a time step that reads it, and in the cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="load">The graph of what is computed at load.</param>
    /// <param name="step">The graph of a time step, in which derived value i is a parameter behind the cell's own.</param>
    public static (CellGraph Cell, OpGraph Load, OpGraph Step) Name(CellGraph cell, OpGraph load, OpGraph step)
    {
        int own = cell.Parameters.Count;
        OpGraph described = LaneNames.Described(cell, step);
        HashSet<string> used = [.. cell.Parameters.Select(p => p.Name), .. cell.States, cell.Input, .. load.Names, .. described.Names];
        CellParameter[] derived = new CellParameter[load.Outputs.Count];
        bool[] isFrozen = new bool[load.Ops.Count];
        for (int i = 0; i < isFrozen.Length; i++)
        {
            Op op = load.Ops[i];
            isFrozen[i] = op.Kind == OpKind.Parameter ? cell.Parameters[op.A].IsFrozen : op.Operands.All(operand => isFrozen[operand]);
        }

        string[] loadNames = [.. load.Names];
        string[] stepNames = [.. step.Names];
        foreach (GraphOutput output in load.Outputs)
        {
            int position = FindParameter(step, own + output.Index);
            string name = loadNames[output.Value];
            if (name.Length == 0)
            {
                name = Unique(Describe(cell, load, output, step, described, position), used);
                loadNames[output.Value] = name;
            }

            derived[output.Index] = new CellParameter(name, load.Ops[output.Value].Shape, "", new Dim(1), IsFrozen: isFrozen[output.Value]);
            if (position >= 0)
            {
                stepNames[position] = name;
            }
        }

        return (
            cell with { Parameters = cell.Parameters.Concat(derived).ToEquatableArray() },
            load with { Names = loadNames.ToEquatableArray() },
            step with { Names = stepNames.ToEquatableArray() });
    }

    /// <summary>Names the gradients that the derivative of a load graph reads.</summary>
    /// <param name="cell">The cell with its derived parameters.</param>
    /// <param name="backward">The derivative.</param>
    /// <param name="own">How many parameters the cell has of its own.</param>
    public static OpGraph NameGradients(CellGraph cell, OpGraph backward, int own)
    {
        HashSet<string> used = [.. backward.Names];
        IEnumerable<string> names = backward.Ops.Zip(backward.Names, (op, name) =>
            op.Kind == OpKind.Cotangent && name.Length == 0 ? Unique("d" + cell.Parameters[own + op.A].Name, used) : name);
        return backward with { Names = names.ToEquatableArray() };
    }

    private static int FindParameter(OpGraph graph, int number)
    {
        for (int v = 0; v < graph.Ops.Count; v++)
        {
            if (graph.Ops[v].Kind == OpKind.Parameter && graph.Ops[v].A == number)
            {
                return v;
            }
        }

        return -1;
    }

    /// <summary>A name that tells what the value is for, or else what it is made of.</summary>
    private static string Describe(CellGraph cell, OpGraph load, GraphOutput output, OpGraph step, OpGraph described, int position)
    {
        if (position >= 0 && (LaneNames.Purpose(step, position) ?? LaneNames.Purpose(described, position)) is string purpose)
        {
            Op reader = step.Ops[LaneNames.Readers(step, position)[0]];
            return purpose + reader.Kind switch
            {
                OpKind.Add when step.Ops[reader.B].Kind is OpKind.Product or OpKind.TransposedProduct => "Bias",
                OpKind.Multiply => "Factor",
                _ => "Part",
            };
        }

        HashSet<int> needed = [output.Value];
        for (int v = output.Value; v >= 0; v--)
        {
            if (needed.Contains(v))
            {
                needed.UnionWith(load.Ops[v].Operands);
            }
        }

        int[] sources = needed.Where(v => load.Ops[v].Kind == OpKind.Parameter).ToArray();
        return sources.Length == 1 ? cell.Parameters[load.Ops[sources[0]].A].Name + "Derived" : "derived";
    }

    private static string Unique(string name, HashSet<string> used)
    {
        string unique = name;
        for (int n = 2; !used.Add(unique); n++)
        {
            unique = name + n.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }
}
