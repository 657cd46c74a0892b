using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the members of a network that run it, with the checks in front of the passes.</summary>
public static class CallEmitter
{
    /// <summary>Floats of the largest buffers that the pool of the runtime keeps.</summary>
    private const int PooledFloats = 1 << 20;

    public static void Emit(CodeWriter code, NetworkPlan network)
    {
        if (network.Course.IsStreaming)
        {
            Streaming(code, network);
        }

        Run(code, network);
        StartEmitter.Emit(code, network);
        Training(code, network);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Streaming(CodeWriter code, NetworkPlan network)
    {
        string input = Text(network.InputSize);
        string output = Text(network.OutputSize);
        string state = Text(network.StateSize);
        code.Line();
        code.Line("/// <summary>Runs one time step of one stream. Allocates nothing.</summary>");
        code.Line($"/// <param name=\"input\">{input} floats.</param>");
        code.Line($"/// <param name=\"state\">{state} floats: in, the state before the step (from <see cref=\"StartState\"/> where a stream begins); out, after it. Must not overlap the input.</param>");
        code.Line($"/// <param name=\"output\">Receives {output} floats; must not overlap the input or the state.</param>");
        Exception(code);
        FullSpeed(code);
        code.Block("public unsafe void Step(ReadOnlySpan<float> input, Span<float> state, Span<float> output)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(input.Length, InputSize, nameof(input));");
            code.Line("global::Recurrent.Boundary.Length(state.Length, StateSize, nameof(state));");
            code.Line("global::Recurrent.Boundary.Length(output.Length, OutputSize, nameof(output));");
            Apart(code, "output", "input", "state");
            Apart(code, "state", "input");
            Indices(code, network, "input");
            Fixed(code, "float* x = input, s = state, y = output", ForwardEmitter.HasStep(network) ? "_compiled.StepPass(x, s, y);" : "_compiled.RunPass(1, x, s, y);");
        });
        code.Line();
        code.Line("/// <summary>Runs one time step of many streams; the same bits as one <see cref=\"Step\"/> for each. Allocates nothing.</summary>");
        code.Line("/// <param name=\"streams\">How many streams; may be 0.</param>");
        code.Line($"/// <param name=\"inputs\">[streams, {input}], one row for each stream.</param>");
        code.Line($"/// <param name=\"states\">[streams, {state}], one row for each stream; must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [streams, {output}]; must not overlap the inputs or the states.</param>");
        Exception(code);
        FullSpeed(code);
        code.Block("public unsafe void StepMany(int streams, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs)", () =>
        {
            code.Line("global::Recurrent.Boundary.Count(streams, nameof(streams));");
            code.Line("global::Recurrent.Boundary.Rows(inputs.Length, streams, InputSize, nameof(inputs), nameof(InputSize));");
            code.Line("global::Recurrent.Boundary.Rows(states.Length, streams, StateSize, nameof(states), nameof(StateSize));");
            code.Line("global::Recurrent.Boundary.Rows(outputs.Length, streams, OutputSize, nameof(outputs), nameof(OutputSize));");
            Apart(code, "outputs", "inputs", "states");
            Apart(code, "states", "inputs");
            Indices(code, network, "inputs");
            Fixed(
                code,
                "float* x = inputs, s = states, y = outputs",
                ForwardEmitter.HasMany(network) ? "_compiled.ManyPass(streams, x, s, y);"
                    : $"for (int stream = 0; stream < streams; stream++)\n{{\n    _compiled.RunPass(1, x + (nint)stream * {input}, s + (nint)stream * {state}, y + (nint)stream * {output});\n}}");
        });
    }

    private static void Run(CodeWriter code, NetworkPlan network)
    {
        string input = Text(network.InputSize);
        string output = Text(network.OutputSize);
        string state = Text(network.StateSize);
        code.Line();
        code.Line(network.Course.IsStreaming
            ? "/// <summary>Runs a whole sequence; the same bits as one <see cref=\"Step\"/> after another. Allocates nothing.</summary>"
            : $"/// <summary>Runs a whole sequence.{Allocation(network)}</summary>");
        code.Line($"/// <param name=\"inputs\">[steps, {input}], row after row.</param>");
        code.Line($"/// <param name=\"state\">{state} floats: in, {First(network)} (from <see cref=\"StartState\"/> where a stream begins); out, {Last(network)}. Must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [steps, {output}]; must not overlap the inputs or the state.</param>");
        Exception(code);
        FullSpeed(code);
        code.Block("public unsafe void Run(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)", () =>
        {
            Sequence(code, network);
            Fixed(code, "float* x = inputs, s = state, y = outputs", "_compiled.RunPass(steps, x, s, y);");
        });
    }

    private static void Training(CodeWriter code, NetworkPlan network)
    {
        string input = Text(network.InputSize);
        string output = Text(network.OutputSize);
        string state = Text(network.StateSize);
        code.Line();
        code.Line("/// <summary>Floats that <c>Forward</c> keeps for <see cref=\"Backward\"/>.</summary>");
        code.Line($"/// <param name=\"steps\">Time steps of the sequence: 0 to {Text(int.MaxValue / Math.Max(1, network.TapeStep))}.</param>");
        code.Line("/// <exception cref=\"ArgumentOutOfRangeException\">There are fewer or more.</exception>");
        code.Block("public static int TapeSize(int steps)", () =>
        {
            code.Line("global::Recurrent.Boundary.Count(steps, nameof(steps));");
            if (network.TapeStep > 0)
            {
                code.Line($"global::System.ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, {Text(int.MaxValue / network.TapeStep)});");
            }

            code.Line($"return steps * {Text(network.TapeStep)};");
        });
        code.Line();
        string bits = network.Spec.Weights == NetworkSpec.Floats ? "to the same bits" : "with the parameters as they are and not in fewer bytes";
        code.Line($"/// <summary>Runs a whole sequence like <see cref=\"Run\"/>, {bits}, and keeps what <see cref=\"Backward\"/> needs.{(network.Course.IsStreaming ? " Allocates nothing." : Allocation(network))}</summary>");
        code.Line($"/// <param name=\"inputs\">[steps, {input}], row after row.</param>");
        code.Line($"/// <param name=\"state\">{state} floats: in, {First(network)}; out, {Last(network)}. Must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [steps, {output}]; must not overlap the inputs or the state.</param>");
        code.Line("/// <param name=\"tape\">Receives <see cref=\"TapeSize\"/>(steps) floats; must overlap nothing else.</param>");
        Exception(code);
        Record(code, network, isRandom: false);
        code.Line();
        MaskEmitter.Describe(code, network, input, output, state);
        Exception(code);
        Record(code, network, isRandom: true);
        code.Line();
        code.Line($"/// <summary>Carries the gradient of a loss back through a sequence that <c>Forward</c> has run. No two spans may overlap.{(network.Course.WholeSize == 0 ? " Allocates nothing once it has run." : Allocation(network))}</summary>");
        code.Line($"/// <param name=\"outputGradients\">[steps, {output}]: the loss's gradient by each output.</param>");
        code.Line($"/// <param name=\"stateGradients\">{state} floats: in, the gradient by the final state; out, by the initial state.</param>");
        code.Line("/// <param name=\"tape\">What <c>Forward</c> wrote.</param>");
        code.Line($"/// <param name=\"parameterGradients\">{Text(network.ParameterCount)} floats in the order of <see cref=\"Parameters\"/>; the gradient is added to them.</param>");
        code.Line($"/// <param name=\"inputGradients\">Receives [steps, {input}], or is empty where nobody needs them.</param>");
        Exception(code);
        code.Line("public unsafe void Backward(");
        code.Line("    ReadOnlySpan<float> outputGradients,");
        code.Line("    Span<float> stateGradients,");
        code.Line("    ReadOnlySpan<float> tape,");
        code.Line("    Span<float> parameterGradients,");
        code.Block("    Span<float> inputGradients)", () =>
        {
            code.Line("int steps = global::Recurrent.Boundary.Steps(outputGradients.Length, OutputSize, nameof(outputGradients), nameof(OutputSize));");
            MostSteps(code, network, "outputGradients");
            code.Line("global::Recurrent.Boundary.Length(stateGradients.Length, StateSize, nameof(stateGradients));");
            code.Line("global::Recurrent.Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));");
            code.Line("global::Recurrent.Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));");
            code.Block("if (!inputGradients.IsEmpty)", () =>
                code.Line("global::Recurrent.Boundary.Rows(inputGradients.Length, steps, InputSize, nameof(inputGradients), nameof(InputSize));"));
            code.Line();
            Apart(code, "stateGradients", "outputGradients", "tape");
            Apart(code, "parameterGradients", "outputGradients", "stateGradients", "tape");
            Apart(code, "inputGradients", "outputGradients", "stateGradients", "tape", "parameterGradients");
            IndicesOnTape(code, network);
            Fixed(
                code,
                "float* dy = outputGradients, ds = stateGradients, kept = tape, gradients = parameterGradients, dx = inputGradients",
                "_compiled.BackwardPass(steps, dy, ds, kept, gradients, dx);");
        });
        BatchCallEmitter.Emit(code, network);
    }

    private static void Record(CodeWriter code, NetworkPlan network, bool isRandom)
    {
        string seed = isRandom ? ", ulong seed" : "";
        string header = $"public unsafe void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape{seed})";
        if (isRandom && !network.Layers.Any(layer => layer.Masks.Any()))
        {
            code.Line(header + " => Forward(inputs, state, outputs, tape);");
            return;
        }

        code.Block(header, () =>
        {
            Sequence(code, network);
            code.Line("global::Recurrent.Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));");
            Apart(code, "tape", "inputs", "state", "outputs");
            MaskEmitter.Emit(code, network, isRandom);
            Fixed(code, "float* x = inputs, s = state, y = outputs, kept = tape", "_compiled.RecordPass(steps, x, s, y, kept);");
        });
    }

    internal static void Exception(CodeWriter code) =>
        code.Line("/// <exception cref=\"ArgumentException\">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>");

    /// <summary>A service may call rarely, and beside busy threads: then the runtime would leave what it compiled quickly for a long time.</summary>
    private static void FullSpeed(CodeWriter code) =>
        code.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");

    private static void Sequence(CodeWriter code, NetworkPlan network)
    {
        code.Line("int steps = global::Recurrent.Boundary.Steps(inputs.Length, InputSize, nameof(inputs), nameof(InputSize));");
        MostSteps(code, network, "inputs");
        code.Line("global::Recurrent.Boundary.Length(state.Length, StateSize, nameof(state));");
        code.Line("global::Recurrent.Boundary.Rows(outputs.Length, steps, OutputSize, nameof(outputs), nameof(OutputSize));");
        Apart(code, "outputs", "inputs", "state");
        Apart(code, "state", "inputs");
        Indices(code, network, "inputs");
    }

    internal static void Apart(CodeWriter code, string written, params string[] others)
    {
        foreach (string other in others)
        {
            code.Line($"global::Recurrent.Boundary.NoOverlap({written}, {other}, nameof({written}), nameof({other}));");
        }
    }

    /// <summary>The sequences between walks must fit one buffer.</summary>
    internal static void MostSteps(CodeWriter code, NetworkPlan network, string parameter)
    {
        if (network.Course.WholeSize > 0)
        {
            code.Line($"global::System.ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, {Text(network.MostSteps)}, nameof({parameter}));");
        }
    }

    internal static string First(NetworkPlan network) =>
        network.Course.IsStreaming ? "the state before the first step" : "each layer's state before its first step, which for a reverse layer is the last of the sequence";

    internal static string Last(NetworkPlan network) => network.Course.IsStreaming ? "after the last" : "after its last";

    internal static string Allocation(NetworkPlan network) => network.Course.WholeSize == 0
        ? " Allocates nothing."
        : $" Allocates nothing once it has run at that length, up to {Text(PooledFloats / network.Course.WholeSize)} steps.";

    internal static void Indices(CodeWriter code, NetworkPlan network, string inputs)
    {
        foreach (int count in network.Layers.TakeWhile((_, layer) => network.Course.LevelOf(layer) == 0).Select(layer => layer.IndexCount).OfType<int>().Distinct())
        {
            code.Line($"global::Recurrent.Boundary.Indices({inputs}, InputSize, {Text(count)}, nameof({inputs}));");
        }
    }

    /// <summary>The gradients of a table are added to the rows that the tape names.</summary>
    private static void IndicesOnTape(CodeWriter code, NetworkPlan network)
    {
        foreach (LayerPlan layer in network.Layers.TakeWhile((_, layer) => network.Course.LevelOf(layer) == 0))
        {
            if (layer.IndexCount is int count && layer.IndexOnTape is int index)
            {
                string step = Text(layer.Record.RecordSize);
                string start = PassMemory.Sum(PassMemory.Product("steps", network.Before(layer, l => l.Record.RecordSize)), Text(index));
                start = start.StartsWith("0 + ", StringComparison.Ordinal) ? start.Substring(4) : start;
                code.Block("if (steps > 0)", () => code.Line(
                    $"global::Recurrent.Boundary.Indices(tape.Slice({start}, ((steps - 1) * {step}) + 1), {step}, {Text(count)}, nameof(tape));"));
                code.Line();
            }
        }
    }

    private static void Fixed(CodeWriter code, string pointers, string call)
    {
        code.Block($"fixed ({pointers})", () => code.Line(call));
        code.Line();
        code.Line("global::System.GC.KeepAlive(this);");
    }
}
