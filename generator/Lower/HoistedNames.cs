using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>Gives a name to what is computed from the input alone: the same one where it is computed and where it is read.</summary>
public static class HoistedNames
{
    public static (OpGraph Input, OpGraph Forward, OpGraph Record) Name(CellGraph cell, OpGraph input, OpGraph forward, OpGraph record)
    {
        HashSet<string> used = [.. cell.Parameters.Select(p => p.Name), .. cell.States, cell.Input, .. forward.Names, .. input.Names];
        string[] inputNames = [.. input.Names];
        foreach (GraphOutput output in input.Outputs.Where(output => inputNames[output.Value].Length == 0))
        {
            int position = Find(record, output.Index);
            string name = (LaneNames.Purpose(record, position) ?? cell.Input) + "Input";
            string unique = name;
            for (int n = 2; !used.Add(unique); n++)
            {
                unique = name + n.ToString(CultureInfo.InvariantCulture);
            }

            inputNames[output.Value] = unique;
        }

        OpGraph named = input with { Names = inputNames.ToEquatableArray() };
        return (named, WithNames(forward, named), WithNames(record, named));
    }

    private static OpGraph WithNames(OpGraph graph, OpGraph input) => graph with
    {
        Names = graph.Ops.Zip(graph.Names, (op, name) => op.Kind == OpKind.Hoisted ? input.Names[input.Outputs[op.A].Value] : name).ToEquatableArray(),
    };

    private static int Find(OpGraph graph, int plane) => Enumerable.Range(0, graph.Ops.Count).First(v => graph.Ops[v].Kind == OpKind.Hoisted && graph.Ops[v].A == plane);
}
