using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the methods that pack a layer's weights in the order in which its forward kernels read them.</summary>
public static class PanelEmitter
{
    public static void Emit(CodeWriter code, LayerPlan layer, LayerNames names)
    {
        code.Line($"/// <summary>{layer.Spec.Id}: weights in the order in which the forward pass reads them.</summary>");
        code.Block($"private static class {names.Class}Panels", () =>
        {
            if (layer.FoldedSize > 0)
            {
                Fold(code, layer);
                code.Line();
            }

            Pack(code, layer);
        });
    }

    /// <summary>Where each value computed at load lies in memory: among the folded ones, or among the parameters.</summary>
    private static string Source(LayerPlan layer, int value) => layer.Folded.TryGetValue(value, out int offset)
        ? From("folded", offset)
        : From("parameters", layer.Layout[layer.Forward.Graph.Ops[value].A]);

    private static string From(string span, int offset) => offset == 0 ? span : $"{span}[{Text(offset)}..]";

    private static void Fold(CodeWriter code, LayerPlan layer)
    {
        code.Line("/// <summary>What the equations compute from parameters alone.</summary>");
        code.Block("internal static void Fold(ReadOnlySpan<float> parameters, Span<float> folded)", () =>
        {
            bool isFirst = true;
            foreach (var pair in layer.Folded)
            {
                if (!isFirst)
                {
                    code.Line();
                }

                isFirst = false;
                int length = layer.Forward.Graph.Ops[pair.Key].Shape.Length;
                code.Line($"// {Formula(layer, pair.Key)}");
                code.Block($"for (int j = 0; j < {Text(length)}; j++)", () =>
                    code.Line($"folded[{At(pair.Value)}] = {Element(layer, pair.Key)};"));
            }
        });
    }

    private static string Formula(LayerPlan layer, int value)
    {
        Op op = layer.Forward.Graph.Ops[value];
        return op.Kind switch
        {
            OpKind.Parameter => layer.Spec.Cell.Parameters[op.A].Name,
            OpKind.Constant => op.Constant.ToString("R", CultureInfo.InvariantCulture),
            OpKind.Add => $"{Formula(layer, op.A)} + {Formula(layer, op.B)}",
            OpKind.Subtract => $"{Formula(layer, op.A)} - ({Formula(layer, op.B)})",
            OpKind.Multiply => $"({Formula(layer, op.A)}) * ({Formula(layer, op.B)})",
            OpKind.Negate => $"-({Formula(layer, op.A)})",
            _ => $"{op.Kind.ToString().ToLowerInvariant()}({Formula(layer, op.A)})",
        };
    }

    private static string Element(LayerPlan layer, int value)
    {
        Op op = layer.Forward.Graph.Ops[value];
        return op.Kind switch
        {
            OpKind.Parameter => $"parameters[{At(layer.Layout[op.A])}]",
            OpKind.Constant => Spelling.Float((float)op.Constant),
            OpKind.Add => $"{Element(layer, op.A)} + {Element(layer, op.B)}",
            OpKind.Subtract => $"{Element(layer, op.A)} - ({Element(layer, op.B)})",
            OpKind.Multiply => $"({Element(layer, op.A)}) * ({Element(layer, op.B)})",
            OpKind.Negate => $"-({Element(layer, op.A)})",
            _ => $"{Targets.All[0].Functions}.{Activations.NameOf(op.Kind)}({Element(layer, op.A)})",
        };
    }

    private static void Pack(CodeWriter code, LayerPlan layer)
    {
        IReadOnlyList<PanelPlan>[] panels = layer.TargetsOf(Pass.Forward).Select(target => PassLowering.Lower(layer.Forward, target).Panels).ToArray();
        code.Line("/// <summary>Packs the weights for vectors of so many lanes.</summary>");
        string folded = layer.FoldedSize > 0 ? ", ReadOnlySpan<float> folded" : "";
        code.Block($"internal static void Pack(int lanes, ReadOnlySpan<float> parameters{folded}, Span<float> panels)", () =>
        {
            code.Line("global::Recurrent.PanelWriter writer = new(panels, lanes);");
            for (int nest = 0; nest < panels[0].Count; nest++)
            {
                PanelPlan panel = panels[0][nest];
                if (panel.Size == 0)
                {
                    continue;
                }

                code.Line();
                code.Line($"writer.Rows({Text(panel.Tiling.Rows)}, blocks: {Blocks(panels.Select(p => p[nest].Tiling).ToArray())});");
                code.Block("while (writer.NextTile())", () => Tile(code, layer, panel));
            }
        });
    }

    /// <summary>Blocks of a tile, by the width of a vector where it matters.</summary>
    private static string Blocks(Tiling[] tilings)
    {
        Tiling last = tilings[tilings.Length - 1];
        IEnumerable<string> others = tilings.Where(t => t.Blocks != last.Blocks).Select(t => $"{Text(t.Lanes)} => {Text(t.Blocks)}, ");
        return others.Any() ? $"lanes switch {{ {string.Concat(others)}_ => {Text(last.Blocks)} }}" : Text(last.Blocks);
    }

    private static void Tile(CodeWriter code, LayerPlan layer, PanelPlan panel)
    {
        foreach (int vector in panel.Layout.Vectors)
        {
            code.Line($"writer.Vector({Source(layer, vector)}); // {Formula(layer, vector)}");
        }

        foreach ((ProductLoop loop, int terms) in panel.Layout.Loops.Zip(panel.Terms, (l, t) => (l, t)).Where(pair => pair.l.Packed.Count > 0))
        {
            int[] matrices = loop.Packed.Select(p => layer.Forward.Graph.Ops[layer.Forward.Graph.Ops[p].A].A).ToArray();
            string offsets = string.Join(", ", matrices.Select(m => Text(layer.Layout[m])));
            string what = string.Join(", ", matrices.Select(m => layer.Spec.Cell.Parameters[m].Name));
            code.Line($"writer.Products({Text(terms)}, parameters, [{offsets}]); // {what}");
        }
    }

    private static string At(int offset) => offset == 0 ? "j" : $"{Text(offset)} + j";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
