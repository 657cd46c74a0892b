using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the members that train on a batch of sequences, with the checks in front of the passes.</summary>
public static class BatchCallEmitter
{
    private const string Batch = "group.Rows";

    public static void Emit(CodeWriter code, NetworkPlan network)
    {
        Forward(code, network);
        Backward(code, network);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Together(NetworkPlan network) => network.Batch is BatchPlan batch
        ? $"up to {Text(batch.Sequences)} of them at a time"
        : "one after another";

    private static void Forward(CodeWriter code, NetworkPlan network)
    {
        string state = Text(network.StateSize);
        code.Line();
        code.Line($"/// <summary>Runs a batch of sequences, {Together(network)}, each to the bits that <c>Forward</c> gives it alone, and keeps what <see cref=\"BackwardMany\"/> needs.{Allocation(network)}</summary>");
        code.Line("/// <param name=\"lengths\">Time steps of each sequence, in any order; 0 or more.</param>");
        code.Line($"/// <param name=\"inputs\">[steps, {Text(network.InputSize)}] of each sequence, one sequence behind another.</param>");
        code.Line($"/// <param name=\"states\">[sequences, {state}]: in, the state of each before its first step; out, after its last. Must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [steps, {Text(network.OutputSize)}] of each sequence; must not overlap the inputs or the states.</param>");
        code.Line("/// <param name=\"tape\">Receives <see cref=\"TapeSize\"/>(time steps of all sequences together) floats; must overlap nothing else.</param>");
        code.Line("/// <param name=\"seeds\">For each sequence what chooses what is dropped and kept; empty to leave nothing to chance.</param>");
        CallEmitter.Exception(code);
        code.Line("public unsafe void ForwardMany(");
        code.Line("    ReadOnlySpan<int> lengths,");
        code.Line("    ReadOnlySpan<float> inputs,");
        code.Line("    Span<float> states,");
        code.Line("    Span<float> outputs,");
        code.Line("    Span<float> tape,");
        code.Block("    ReadOnlySpan<ulong> seeds)", () =>
        {
            Lengths(code, network);
            code.Line("global::Recurrent.Boundary.Rows(inputs.Length, steps, InputSize, nameof(inputs), nameof(InputSize));");
            code.Line("global::Recurrent.Boundary.Rows(states.Length, lengths.Length, StateSize, nameof(states), nameof(StateSize));");
            code.Line("global::Recurrent.Boundary.Rows(outputs.Length, steps, OutputSize, nameof(outputs), nameof(OutputSize));");
            code.Line("global::Recurrent.Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));");
            code.Line("global::Recurrent.Boundary.Seeds(seeds.Length, lengths.Length, nameof(seeds));");
            CallEmitter.Apart(code, "outputs", "inputs", "states");
            CallEmitter.Apart(code, "states", "inputs");
            CallEmitter.Apart(code, "tape", "inputs", "states", "outputs");
            CallEmitter.Indices(code, network, "inputs");
            if (network.Batch is BatchPlan batch)
            {
                Groups(code, batch, "float* x = inputs, s = states, y = outputs, kept = tape", () =>
                {
                    Masks(code, network);
                    Pass(code, "Record", $"{Moved("x", network.InputSize)}, {OfSequence("s", network)}, {Moved("y", network.OutputSize)}, {Moved("kept", network.TapeStep)}");
                });
                return;
            }

            bool isRandom = network.Layers.Any(layer => layer.Masks.Any());
            Sequences(code, () =>
            {
                code.Line($"ReadOnlySpan<float> x = {Slice("inputs", network.InputSize)};");
                code.Line($"Span<float> state = {OfSequence(network, "states")};");
                code.Line($"Span<float> y = {Slice("outputs", network.OutputSize)};");
                code.Line($"Span<float> kept = {Slice("tape", network.TapeStep)};");
                if (isRandom)
                {
                    code.Block("if (!seeds.IsEmpty)", () => code.Line("Forward(x, state, y, kept, seeds[i]);"));
                    code.Block("else", () => code.Line("Forward(x, state, y, kept);"));
                }
                else
                {
                    code.Line("Forward(x, state, y, kept);");
                }
            });
        });
    }

    private static void Backward(CodeWriter code, NetworkPlan network)
    {
        string state = Text(network.StateSize);
        code.Line();
        code.Line($"/// <summary>Carries the gradient of a loss back through a batch of sequences that <see cref=\"ForwardMany\"/> has run. No two spans may overlap.{Allocation(network)}</summary>");
        code.Line("/// <param name=\"lengths\">As they were given to <see cref=\"ForwardMany\"/>.</param>");
        code.Line($"/// <param name=\"outputGradients\">[steps, {Text(network.OutputSize)}] of each sequence, one behind another: the loss's gradient by each output.</param>");
        code.Line($"/// <param name=\"stateGradients\">[sequences, {state}]: in, the gradient by each final state; out, by each initial state.</param>");
        code.Line("/// <param name=\"tape\">What <see cref=\"ForwardMany\"/> wrote.</param>");
        code.Line($"/// <param name=\"parameterGradients\">{Text(network.ParameterCount)} floats in the order of <see cref=\"Parameters\"/>; the gradient of all sequences is added to them.</param>");
        code.Line($"/// <param name=\"inputGradients\">Receives [steps, {Text(network.InputSize)}] of each sequence, or is empty where nobody needs them.</param>");
        CallEmitter.Exception(code);
        code.Line("public unsafe void BackwardMany(");
        code.Line("    ReadOnlySpan<int> lengths,");
        code.Line("    ReadOnlySpan<float> outputGradients,");
        code.Line("    Span<float> stateGradients,");
        code.Line("    ReadOnlySpan<float> tape,");
        code.Line("    Span<float> parameterGradients,");
        code.Block("    Span<float> inputGradients)", () =>
        {
            Lengths(code, network);
            code.Line("global::Recurrent.Boundary.Rows(outputGradients.Length, steps, OutputSize, nameof(outputGradients), nameof(OutputSize));");
            code.Line("global::Recurrent.Boundary.Rows(stateGradients.Length, lengths.Length, StateSize, nameof(stateGradients), nameof(StateSize));");
            code.Line("global::Recurrent.Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));");
            code.Line("global::Recurrent.Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));");
            code.Block("if (!inputGradients.IsEmpty)", () =>
                code.Line("global::Recurrent.Boundary.Rows(inputGradients.Length, steps, InputSize, nameof(inputGradients), nameof(InputSize));"));
            code.Line();
            CallEmitter.Apart(code, "stateGradients", "outputGradients", "tape");
            CallEmitter.Apart(code, "parameterGradients", "outputGradients", "stateGradients", "tape");
            CallEmitter.Apart(code, "inputGradients", "outputGradients", "stateGradients", "tape", "parameterGradients");
            IndicesOnTape(code, network);
            if (network.Batch is BatchPlan batch)
            {
                Groups(
                    code,
                    batch,
                    "float* dy = outputGradients, ds = stateGradients, kept = tape, gradients = parameterGradients, dx = inputGradients",
                    () => Pass(
                        code,
                        "Backward",
                        $"{Moved("dy", network.OutputSize)}, {OfSequence("ds", network)}, {Moved("kept", network.TapeStep)}, gradients, dx == null ? null : {Moved("dx", network.InputSize)}"));
                return;
            }

            Sequences(code, () =>
            {
                code.Line($"Span<float> dx = inputGradients.IsEmpty ? [] : {Slice("inputGradients", network.InputSize)};");
                code.Line($"Backward({Slice("outputGradients", network.OutputSize)}, {OfSequence(network, "stateGradients")}, {Slice("tape", network.TapeStep)}, parameterGradients, dx);");
            });
        });
    }

    private static string Allocation(NetworkPlan network) => network.Course.WholeSize == 0
        ? " Allocates nothing once it has run."
        : " Allocates nothing once it has run at those lengths, where the sequences between walks fit the pool.";

    private static void Lengths(CodeWriter code, NetworkPlan network) => code.Line(
        $"int steps = global::Recurrent.Boundary.Lengths(lengths, {Text(Math.Min(network.MostSteps, int.MaxValue / Math.Max(1, network.TapeStep)))}, nameof(lengths));");

    private static string Moved(string pointer, int size) => PassMemory.Sum(pointer, PassMemory.Product("row", size));

    private static string OfSequence(string pointer, NetworkPlan network) => PassMemory.Sum(pointer, PassMemory.Product("(nint)first", network.StateSize));

    private static string Slice(string span, int size) => $"{span}.Slice(row * {Text(size)}, lengths[i] * {Text(size)})";

    private static string OfSequence(NetworkPlan network, string states) => $"{states}.Slice(i * {Text(network.StateSize)}, {Text(network.StateSize)})";

    private static void Sequences(CodeWriter code, Action sequence) =>
        code.Block("for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])", sequence);

    private static string Group(BatchPlan batch) =>
        $"global::Recurrent.SequenceGroup group = new(lengths.Slice(first, global::System.Math.Min({Text(batch.Sequences)}, lengths.Length - first)));";

    private static void Groups(CodeWriter code, BatchPlan batch, string pointers, Action group)
    {
        code.Block($"fixed ({pointers})", () =>
        {
            code.Line("nint row = 0;");
            code.Block($"for (int first = 0; first < lengths.Length; first += {Text(batch.Sequences)})", () =>
            {
                code.Line(Group(batch));
                group();
                code.Line($"row += {Batch};");
            });
        });
        code.Line();
        code.Line("global::System.GC.KeepAlive(this);");
    }

    /// <summary>Writes the calls of a pass; a sequence alone lies as it does outside a batch, and needs no packing.</summary>
    private static void Pass(CodeWriter code, string pass, string arguments)
    {
        code.Block("if (lengths.Length - first == 1)", () => code.Line($"_compiled.{pass}Pass({Batch}, {arguments});"));
        code.Block("else", () => code.Line($"_compiled.{pass}ManyPass(ref group, {arguments});"));
        code.Line();
    }

    private static void Masks(CodeWriter code, NetworkPlan network)
    {
        if (!network.Layers.Any(layer => layer.Masks.Any()))
        {
            return;
        }

        code.Line($"Span<float> records = tape.Slice((int)row * {Text(network.TapeStep)}, group.Rows * {Text(network.TapeStep)});");
        code.Block("if (seeds.IsEmpty)", () => MaskEmitter.EmitOfGroup(code, network, isRandom: false));
        code.Block("else", () => MaskEmitter.EmitOfGroup(code, network, isRandom: true));
        code.Line();
    }

    /// <summary>The gradients of a table are added to the rows that the tape names.</summary>
    private static void IndicesOnTape(CodeWriter code, NetworkPlan network)
    {
        LayerPlan[] tables = [.. network.Layers.Where((layer, number) => network.Course.LevelOf(number) == 0 && layer.IndexCount is not null && layer.IndexOnTape is not null)];
        if (tables.Length == 0)
        {
            return;
        }

        string rows = network.Batch is null ? "lengths[first]" : Batch;
        code.Block($"for (int first = 0, row = 0; first < lengths.Length; first += {Text(network.Batch?.Sequences ?? 1)})", () =>
        {
            if (network.Batch is BatchPlan batch)
            {
                code.Line(Group(batch));
            }

            foreach (LayerPlan layer in tables)
            {
                string record = Text(layer.Record.RecordSize);
                string before = PassMemory.Sum($"(row * {Text(network.TapeStep)})", PassMemory.Product(rows, network.Before(layer, l => l.Record.RecordSize)));
                string start = PassMemory.Sum(before, Text(layer.IndexOnTape!.Value));
                code.Block($"if ({rows} > 0)", () => code.Line(
                    $"global::Recurrent.Boundary.Indices(tape.Slice({start}, (({rows} - 1) * {record}) + 1), {record}, {Text(layer.IndexCount!.Value)}, nameof(tape));"));
                code.Line();
            }

            code.Line($"row += {rows};");
        });
        code.Line();
    }
}
