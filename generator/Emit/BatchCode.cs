using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes what the passes that take several sequences of a batch at once have in common.</summary>
public static class BatchCode
{
    /// <summary>Writes code between whose states in the caller's order, and those in the order of the group, values are copied; nothing is added without a batch.</summary>
    public static void WithStates(CodeWriter code, NetworkPlan network, BatchPlan? batch, int stateAt, Action body)
    {
        if (batch is not null)
        {
            code.Line($"float* state = {PassMemory.Sum("scratch", Text(stateAt))};");
            code.Line($"group.GatherStates(states, {Text(network.StateSize)}, state);");
            code.Line();
        }

        body();
        if (batch is not null)
        {
            code.Line();
            code.Line($"group.ScatterStates(state, {Text(network.StateSize)}, states);");
        }
    }

    /// <summary>Writes how many time steps all sequences have, where something lies behind what belongs to all of them.</summary>
    public static void Steps(CodeWriter code, NetworkPlan network)
    {
        if (network.Course.WholeSize > 0 || network.Layers.Any(layer => network.Before(layer, l => l.Record.RecordSize) > 0))
        {
            code.Line("int steps = group.Rows;");
        }
    }

    /// <summary>Writes a loop over chunks of packed rows.</summary>
    public static void Chunks(CodeWriter code, BatchPlan batch, bool isForward, Action chunk)
    {
        code.Line(isForward ? "group.Begin();" : "group.BeginAtEnd();");
        code.Block($"while (group.{(isForward ? "Next" : "Previous")}({Text(batch.Rows)}))", chunk);
    }

    /// <summary>Writes a loop over the time steps of a chunk.</summary>
    /// <param name="code">Receives it.</param>
    /// <param name="network">The network.</param>
    /// <param name="names">The layer's names.</param>
    /// <param name="many">The pass that takes all sequences that run at a time step; where the layer has none, they take the other one after another.</param>
    /// <param name="single">The pass that takes the time steps of one sequence.</param>
    /// <param name="argument">Where a pointer points for the first row of the chunk.</param>
    /// <param name="isForward">Whether it begins at the first time step.</param>
    public static void Steps(CodeWriter code, NetworkPlan network, LayerNames names, PassPlan? many, PassPlan single, Func<PointerPlan, string> argument, bool isForward)
    {
        string Call(PassPlan pass, string count, string row, string? sequence) =>
            $"{names.FieldOf(pass.Pass.ToString())}({string.Join(", ", pass.Pointers.Select(p => Moved(p, row, sequence)).Prepend(count))});";
        string Moved(PointerPlan pointer, string row, string? sequence) => PassMemory.Sum(
            argument(pointer),
            pointer.Role is PointerRole.State or PointerRole.StateGradient
                ? PassMemory.Product(sequence is null ? "0" : $"(nint){sequence}", network.StateSize)
                : PassMemory.Product($"(nint){row}", pointer.Stride));

        code.Block(
            isForward ? "for (int step = group.First, row = 0; step < group.End; step++)" : "for (int step = group.End - 1, row = group.Count; step >= group.First; step--)",
            () =>
            {
                code.Line("int running = group.Running(step);");
                if (!isForward)
                {
                    code.Line("row -= running;");
                }

                if (many is not null)
                {
                    code.Line(Call(many, "running", "row", sequence: null));
                }
                else
                {
                    code.Block("for (int i = 0; i < running; i++)", () => code.Line(Call(single, "1", "(row + i)", "i")));
                }

                if (isForward)
                {
                    code.Line("row += running;");
                }
            });
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
