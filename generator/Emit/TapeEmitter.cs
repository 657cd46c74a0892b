using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the table of the values that lie on a network's tape.</summary>
public static class TapeEmitter
{
    /// <summary>The property, and the table: the planes of each layer's record, in their order. The table is made when it is asked for, and no part of a program that never does.</summary>
    public static void Emit(CodeWriter code, NetworkPlan network)
    {
        code.Line();
        code.Line("/// <summary>The values of the equations that <c>Forward</c> keeps on the tape, and where they lie.</summary>");
        code.Line("public static ReadOnlySpan<global::Recurrent.TapeValue> TapeValues => TapeTable.Values;");
        code.Line();
        code.Block("private static class TapeTable", () => code.Block("internal static readonly global::Recurrent.TapeValue[] Values =", () => Rows(code, network), "};"));
    }

    private static void Rows(CodeWriter code, NetworkPlan network)
    {
        foreach (LayerPlan layer in network.Layers)
        {
            PassPlan record = layer.Record;
            int start = network.Before(layer, l => l.Record.RecordSize);
            foreach (GraphOutput output in record.Graph.Outputs.Where(output => output.Kind == OutputKind.Saved).OrderBy(output => output.Index))
            {
                Op op = record.Graph.Ops[output.Value];
                code.Line($"new(\"{layer.Spec.Name}.{record.Names[output.Value]}\", {Text(op.Shape.Length)}, {Text(start)}, {Text(record.RecordSize)}, {Text(record.SavedAt(output.Value))}, {Bounds(op.Kind)}),");
            }
        }
    }

    private static string Bounds(OpKind kind) => kind switch
    {
        OpKind.Sigmoid or OpKind.PowerSigmoid => "0f, 1f",
        OpKind.Tanh => "-1f, 1f",
        _ => "float.NaN, float.NaN",
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
