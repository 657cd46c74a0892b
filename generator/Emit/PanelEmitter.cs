using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the method that packs a layer's weights in the order in which the kernels of a pass read them.</summary>
public sealed class PanelEmitter(CodeWriter code, NetworkPlan network, LayerPlan layer, Pass pass)
{
    public void Emit()
    {
        string reader = pass switch
        {
            Pass.Load => "what is computed at load",
            Pass.Step => "a single time step",
            Pass.Record or Pass.RecordInput => "training",
            _ => "the forward pass",
        };
        code.Line($"/// <summary>{layer.Spec.Id}: weights in the order in which {reader} reads them.</summary>");
        if (layer[pass].Graph.Ops.Any(op => op.Kind == OpKind.PowerSigmoid))
        {
            code.Line("/// <remarks>Sigmoids are computed from powers of two: what they read has the factor -log2 e.</remarks>");
        }

        code.Block($"private static class {new LayerNames(layer).PanelsOf(pass)}", Pack);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Pack()
    {
        IReadOnlyList<PanelPlan>[] panels = layer.TargetsOf(pass).Select(target => PassLowering.Lower(layer[pass], target).Panels).ToArray();
        code.Line("/// <summary>Packs the weights for vectors of so many lanes.</summary>");
        code.Block("internal static void Pack(int lanes, ReadOnlySpan<float> weights, Span<float> panels)", () =>
        {
            string precision = layer[pass].Weights == WeightFormat.Float32 ? "" : $", global::Recurrent.Precision.{layer[pass].Weights.Name}";
            code.Line($"global::Recurrent.PanelWriter writer = new(panels, lanes{precision});");
            for (int nest = 0; nest < panels[0].Count; nest++)
            {
                PanelPlan panel = panels[0][nest];
                if (panel.Size == 0)
                {
                    continue;
                }

                code.Line();
                code.Line($"writer.Rows({Text(panel.Tiling.Rows)}, blocks: {Blocks(panels.Select(p => p[nest].Tiling).ToArray())});");
                code.Block("while (writer.NextTile())", () => Tile(panel));
            }
        });
    }

    /// <summary>Blocks of a tile, by the width of a vector where it matters.</summary>
    private static string Blocks(Tiling[] tilings)
    {
        Tiling last = tilings[tilings.Length - 1];
        IEnumerable<string> others = tilings.Distinct().Where(t => t.Blocks != last.Blocks).Select(t => $"{Text(t.Lanes)} => {Text(t.Blocks)}, ");
        return others.Any() ? $"lanes switch {{ {string.Concat(others)}_ => {Text(last.Blocks)} }}" : Text(last.Blocks);
    }

    private void Tile(PanelPlan panel)
    {
        foreach (int vector in panel.Layout.Vectors)
        {
            int offset = OffsetOf(vector);
            string factor = FactorOf(vector) is string text ? $", {text}" : "";
            code.Line($"writer.Vector({(offset == 0 ? "weights" : $"weights[{Text(offset)}..]")}{factor}); // {NameOf(vector)}");
        }

        foreach ((ProductLoop loop, int terms) in panel.Layout.Loops.Zip(panel.Terms, (l, t) => (l, t)).Where(pair => pair.l.Packed.Count > 0))
        {
            int[] matrices = loop.Packed.Select(p => layer[pass].Graph.Ops[p].A).ToArray();
            string offsets = string.Join(", ", matrices.Select(m => Text(OffsetOf(m))));
            string factors = matrices.Any(m => FactorOf(m) is not null) ? $", [{string.Join(", ", matrices.Select(m => FactorOf(m) ?? "1"))}]" : "";
            code.Line($"writer.Products({Text(terms)}, weights, [{offsets}]{factors}); // {string.Join(", ", matrices.Select(NameOf))}");
        }
    }

    /// <summary>Where a parameter lies in the weights' memory.</summary>
    private int OffsetOf(int value)
    {
        Place place = layer.Layout[layer[pass].Graph.Ops[value].A];
        return place.Offset + (place.Pointer == ParameterLayout.Derived ? network.DerivedAt(layer) : network.ParametersAt(layer));
    }

    /// <summary>What a parameter is multiplied with when it is packed, if anything.</summary>
    private string? FactorOf(int value) =>
        layer[pass].Graph.Ops[value].Constant is not 0 and double factor ? factor.ToString("R", CultureInfo.InvariantCulture) : null;

    private string NameOf(int value) => layer.Spec.Cell.Parameters[layer[pass].Graph.Ops[value].A].Name;
}
