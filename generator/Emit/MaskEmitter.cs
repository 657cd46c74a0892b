using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the masks of a training pass onto the tape, in front of the pass.</summary>
public static class MaskEmitter
{
    /// <summary>Writes the documentation of the pass that draws masks.</summary>
    public static void Describe(CodeWriter code, NetworkPlan network, string input, string output, string state)
    {
        string chance = network.Layers.Any(layer => layer.Masks.Any()) ? "with what the layers leave to chance" : "which in this network leaves nothing to chance";
        code.Line($"/// <summary>Runs a whole sequence and keeps what <see cref=\"Backward\"/> needs, {chance}.</summary>");
        code.Line($"/// <param name=\"inputs\">[steps, {input}], row after row.</param>");
        code.Line($"/// <param name=\"state\">{state} floats, as without a seed. Must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [steps, {output}]; must not overlap the inputs or the state.</param>");
        code.Line("/// <param name=\"tape\">Receives <see cref=\"TapeSize\"/>(steps) floats; must overlap nothing else.</param>");
        code.Line("/// <param name=\"seed\">Chooses what is dropped and kept: the same on every machine and instruction set.</param>");
    }

    /// <summary>Writes the calls that fill the masks: at random, or with what leaves inference as it is.</summary>
    public static void Emit(CodeWriter code, NetworkPlan network, bool isRandom)
    {
        int number = 0;
        foreach (LayerPlan layer in network.Layers)
        {
            foreach (MaskPlan mask in layer.Masks)
            {
                // The tape has a part for each layer, in it a record for each time step.
                int before = network.Before(layer, l => l.Record.RecordSize);
                string first = before == 0 ? Text(mask.Offset) : PassMemory.Sum($"steps * {Text(before)}", Text(mask.Offset));
                string place = $"tape, {first}, steps, {Text(layer.Record.RecordSize)}, {Text(mask.Length)}";
                code.Line((isRandom ? Drawn(mask.Use, layer.Spec, place, number) : Filled(mask.Use, layer.Spec, place)) + $" // {layer.Spec.Id}");
                number++;
            }
        }
    }

    /// <summary>Writes the calls that fill the masks of a group of sequences, whose records lie packed.</summary>
    public static void EmitOfGroup(CodeWriter code, NetworkPlan network, bool isRandom)
    {
        int number = 0;
        foreach (LayerPlan layer in network.Layers)
        {
            foreach (MaskPlan mask in layer.Masks)
            {
                int before = network.Before(layer, l => l.Record.RecordSize);
                string first = before == 0 ? Text(mask.Offset) : PassMemory.Sum($"group.Rows * {Text(before)}", Text(mask.Offset));
                string stride = Text(layer.Record.RecordSize);
                string length = Text(mask.Length);
                code.Line((isRandom
                    ? $"group.Draw(records, {first}, {stride}, {length}, {Choice(mask.Use, layer.Spec)}, seeds[first..], {Text(number)}, isOnce: {(mask.Use == MaskUse.RecurrentDropout ? "true" : "false")});"
                    : Filled(mask.Use, layer.Spec, $"records, {first}, group.Rows, {stride}, {length}")) + $" // {layer.Spec.Id}");
                number++;
            }
        }
    }

    private static string Drawn(MaskUse use, LayerSpec layer, string place, int number)
    {
        string method = use == MaskUse.RecurrentDropout ? "DrawOnce" : "Draw";
        return $"global::Recurrent.Masks.{method}({place}, {Choice(use, layer)}, seed, {Text(number)});";
    }

    /// <summary>The probability of the first of two values, and both.</summary>
    private static string Choice(MaskUse use, LayerSpec layer)
    {
        double probability = use switch
        {
            MaskUse.Zoneout => layer.Zoneout,
            MaskUse.Dropout => layer.Dropout,
            _ => layer.RecurrentDropout,
        };
        string values = use == MaskUse.Zoneout ? "1f, 0f" : $"0f, {Text((float)(1 / (1 - probability)))}";
        return $"{probability.ToString("R", CultureInfo.InvariantCulture)}, {values}";
    }

    private static string Filled(MaskUse use, LayerSpec layer, string place) =>
        $"global::Recurrent.Masks.Fill({place}, {Text(use == MaskUse.Zoneout ? (float)layer.Zoneout : 1f)});";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
