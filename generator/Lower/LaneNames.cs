using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>Names of values in kernels: those of the equations, where these give one, else one that tells what the value is for. No two are the same.</summary>
public static class LaneNames
{
    /// <summary>A name for every value.</summary>
    /// <remarks>Kernels tell blocks, partial sums and terms apart by endings such as <c>_0</c>, so no name has one of its own.</remarks>
    public static string[] For(CellGraph cell, OpGraph graph)
    {
        HashSet<string> used = new(System.StringComparer.Ordinal);
        return Described(cell, graph).Names.Select((name, v) =>
        {
            string unique = name.Length > 0 ? name : "v" + v.ToString(CultureInfo.InvariantCulture);
            while (HasEnding(unique) || !used.Add(unique))
            {
                unique += "_";
            }

            return unique;
        }).ToArray();
    }

    /// <summary>Whether a name ends as those of a kernel's locals do: in an underscore, perhaps a word, and digits.</summary>
    public static bool HasEnding(string name)
    {
        string letters = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return letters.Length < name.Length && (letters.EndsWith("_", System.StringComparison.Ordinal)
            || letters.EndsWith("_k", System.StringComparison.Ordinal)
            || letters.EndsWith("_again", System.StringComparison.Ordinal));
    }

    /// <summary>The graph with names for the values that the equations leave unnamed but whose purpose tells one.</summary>
    public static OpGraph Described(CellGraph cell, OpGraph graph)
    {
        string[] names = new string[graph.Ops.Count];
        HashSet<string> used = [""];
        for (int v = 0; v < names.Length; v++)
        {
            string name = graph.Names[v].Length > 0 ? graph.Names[v] : Describe(cell, graph, v) ?? "";
            string unique = name;
            for (int n = 2; name.Length > 0 && !used.Add(unique); n++)
            {
                unique = name + n.ToString(CultureInfo.InvariantCulture);
            }

            names[v] = unique;
        }

        return graph with { Names = names.ToEquatableArray() };
    }

    private static string? Describe(CellGraph cell, OpGraph graph, int value)
    {
        Op op = graph.Ops[value];
        if (op.Kind == OpKind.Cotangent)
        {
            return op.A == 0 ? "dy" : "d" + (op.A > cell.States.Count ? cell.Input + "Beside" : cell.States[op.A - 1]);
        }

        if (op.Kind == OpKind.Forward)
        {
            return "kept" + op.A.ToString(CultureInfo.InvariantCulture);
        }

        foreach (GraphOutput output in graph.Outputs.Where(o => o.Value == value).OrderByDescending(o => o.Kind))
        {
            switch (output.Kind)
            {
                case OutputKind.NextState:
                    return cell.States[output.Index] + "Next";
                case OutputKind.StateGradient:
                    return "d" + cell.States[output.Index] + "Before";
                case OutputKind.InputGradient:
                    return "d" + cell.Input;
                case OutputKind.Output:
                    return "yNext";
                default:
                    break;
            }
        }

        if (op.IsLeaf || Readers(graph, value) is not [int reader] || Purpose(graph, value) is not string purpose)
        {
            return null;
        }

        bool isSum = op.Kind is OpKind.Add || IsProduct(op);
        if (isSum && graph.Ops[reader].Kind == OpKind.Add && IsProduct(graph.Ops[graph.Ops[reader].B]))
        {
            // A term of a longer sum.
            return null;
        }

        return purpose + (isSum && graph.Ops[reader].Kind != OpKind.Add ? "Sum" : "Part");
    }

    /// <summary>The name of the first named value on the way from a value through those that alone read it.</summary>
    public static string? Purpose(OpGraph graph, int value)
    {
        while (Readers(graph, value) is [int reader])
        {
            if (graph.Names[reader].Length > 0)
            {
                return graph.Names[reader];
            }

            value = reader;
        }

        return null;
    }

    private static bool IsProduct(Op op) => op.Kind is OpKind.Product or OpKind.TransposedProduct;

    /// <summary>The values that read a value.</summary>
    public static int[] Readers(OpGraph graph, int value) => Enumerable.Range(value + 1, graph.Ops.Count - value - 1)
        .Where(v => graph.Ops[v].Operands.Contains(value))
        .ToArray();
}
