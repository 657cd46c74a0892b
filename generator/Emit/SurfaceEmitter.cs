using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the public members of a network: sizes, tensors, construction, files, and the checks in front of the passes.</summary>
public static class SurfaceEmitter
{
    private static readonly string[] Usings = ["System", "System.IO"];

    public static SourceFile Emit(NetworkPlan network)
    {
        string name = network.Spec.Class.Name;
        return SourceFile.Of(network.Spec.Class, "", Usings, $" : global::Recurrent.IStreamingNetwork<{name}>, global::Recurrent.ITrainableNetwork<{name}>", code =>
        {
            Tensors(code, network);
            Sizes(code, network);
            Construction(code, network, name);
            Files(code, network, name);
            Inference(code, network);
            Training(code, network);
            code.Line();
            code.Line("/// <summary>Gives the memory of the weights back. No thread may be using the network.</summary>");
            code.Line("public void Dispose() => _compiled.Dispose();");
        });
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Tensors(CodeWriter code, NetworkPlan network)
    {
        code.Block("private static readonly global::Recurrent.TensorInfo[] s_parameters =", () =>
        {
            foreach (LayerPlan layer in network.Layers)
            {
                CellGraph cell = layer.Spec.Cell;
                int start = network.Before(layer, l => l.Layout.Size);
                foreach ((CellTensor tensor, int offset) in cell.Tensors.Zip(layer.Layout.TensorOffsets, (t, o) => (t, start + o)))
                {
                    Shape shape = ParameterLayout.ShapeOf(cell, tensor);
                    string dimensions = shape.Rank == 1 ? shape.Rows.ToString() : $"{shape.Rows}, {shape.Columns}";
                    string fan = tensor.Initializer == "Uniform" ? $", {tensor.Fan}" : "";
                    code.Line($"new(\"{layer.Spec.Name}.{tensor.Name}\", new global::Recurrent.TensorShape({dimensions}), {Text(offset)}, new global::Recurrent.Initialization(global::Recurrent.Initializer.{tensor.Initializer}{fan})),");
                }
            }
        }, "};");
        code.Line();
        code.Line("private readonly Compiled _compiled;");
    }

    private static void Sizes(CodeWriter code, NetworkPlan network)
    {
        void Size(string name, int size, string summary)
        {
            code.Line();
            code.Line($"/// <summary>{summary}: {Text(size)}.</summary>");
            code.Line($"public static int {name} => {Text(size)};");
        }

        Size("InputSize", network.InputSize, "Floats that a time step reads");
        Size("OutputSize", network.OutputSize, "Floats that a time step gives");
        Size("StateSize", network.StateSize, "Floats that a stream carries from one time step to the next");
        Size("ParameterCount", network.ParameterCount, "Floats of all parameters together");
        code.Line();
        code.Line("/// <summary>The tensors of a weight file, in the order in which the flat parameters hold them.</summary>");
        code.Line("public static ReadOnlySpan<global::Recurrent.TensorInfo> Parameters => s_parameters;");
        code.Line();
        code.Line("/// <summary>The instruction set whose kernels this network runs.</summary>");
        code.Line("public global::Recurrent.InstructionSet InstructionSet { get; }");
    }

    private static void Construction(CodeWriter code, NetworkPlan network, string name)
    {
        string parameters = $"/// <param name=\"parameters\">{Text(network.ParameterCount)} floats in the order of <see cref=\"Parameters\"/>; copied.</param>";
        string length = $"/// <exception cref=\"ArgumentException\">The length is not {Text(network.ParameterCount)}.</exception>";
        code.Line();
        code.Block($"private {name}(ReadOnlySpan<float> parameters, global::Recurrent.InstructionSet instructionSet)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));");
            code.Line("global::Recurrent.Boundary.InstructionSet(instructionSet);");
            code.Line("InstructionSet = instructionSet;");
            code.Line("_compiled = new Compiled(instructionSet);");
            code.Line("SetParameters(parameters);");
        });
        code.Line();
        code.Line("/// <summary>Makes a network from its parameters.</summary>").Line(parameters).Line(length);
        code.Line($"public static {name} Create(ReadOnlySpan<float> parameters) => new(parameters, global::Recurrent.InstructionSets.Best);");
        code.Line();
        code.Line("/// <summary>Makes a network that runs the kernels of one instruction set, for tests and comparisons.</summary>").Line(parameters);
        code.Line("/// <param name=\"instructionSet\">The instruction set; the outputs do not depend on it.</param>").Line(length);
        code.Line("/// <exception cref=\"PlatformNotSupportedException\">This machine does not have the instruction set.</exception>");
        code.Line($"public static {name} Create(ReadOnlySpan<float> parameters, global::Recurrent.InstructionSet instructionSet) => new(parameters, instructionSet);");
        code.Line();
        code.Line("/// <summary>Makes a network with random weights, drawn from the distributions that PyTorch's modules start from.</summary>");
        code.Line("/// <param name=\"seed\">The same seed gives the same weights on every machine.</param>");
        code.Block($"public static {name} Create(int seed)", () =>
        {
            code.Line("float[] parameters = new float[ParameterCount];");
            code.Line("global::Recurrent.ParameterInitializer.Fill(Parameters, seed, parameters);");
            code.Line($"return new {name}(parameters, global::Recurrent.InstructionSets.Best);");
        });
        code.Line();
        code.Line("/// <summary>Copies the parameters out.</summary>");
        code.Line($"/// <param name=\"parameters\">Receives {Text(network.ParameterCount)} floats in the order of <see cref=\"Parameters\"/>.</param>").Line(length);
        code.Block("public void CopyParametersTo(Span<float> parameters)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));");
            code.Line("_compiled.Parameters.CopyTo(parameters);");
            code.Line("GC.KeepAlive(this);");
        });
        code.Line();
        code.Line("/// <summary>Replaces the parameters. No other thread may use the network meanwhile.</summary>").Line(parameters).Line(length);
        code.Block("public void SetParameters(ReadOnlySpan<float> parameters)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));");
            code.Line("parameters.CopyTo(_compiled.Parameters);");
            code.Line("_compiled.Pack();");
            code.Line("GC.KeepAlive(this);");
        });
    }

    private static void Files(CodeWriter code, NetworkPlan network, string name)
    {
        const string Broken = "/// <exception cref=\"InvalidDataException\">The file is broken, or its tensors are not the network's; the message lists every difference.</exception>";
        code.Line();
        code.Line("/// <summary>Loads weights from a safetensors file. Every tensor of the file must be one of the network's, and none may be missing.</summary>");
        code.Line("/// <param name=\"path\">The file.</param>").Line(Broken);
        code.Line("/// <exception cref=\"IOException\">The file cannot be opened or read; where there is none, a <see cref=\"FileNotFoundException\"/>.</exception>");
        code.Block($"public static {name} Load(string path)", () =>
        {
            code.Line("float[] parameters = new float[ParameterCount];");
            code.Line("global::Recurrent.Safetensors.Read(path, Parameters, parameters);");
            code.Line($"return new {name}(parameters, global::Recurrent.InstructionSets.Best);");
        });
        code.Line();
        code.Line("/// <summary>Loads weights from the bytes of a safetensors file, such as an embedded resource.</summary>");
        code.Line("/// <param name=\"safetensors\">The whole file.</param>").Line(Broken);
        code.Block($"public static {name} Load(ReadOnlySpan<byte> safetensors)", () =>
        {
            code.Line("float[] parameters = new float[ParameterCount];");
            code.Line("global::Recurrent.Safetensors.Read(safetensors, Parameters, parameters);");
            code.Line($"return new {name}(parameters, global::Recurrent.InstructionSets.Best);");
        });
        code.Line();
        code.Line("/// <summary>Saves the weights as a safetensors file (F32), which appears under its name only when it is complete.</summary>");
        code.Line("/// <param name=\"path\">The file; one that exists is replaced.</param>");
        code.Line("/// <exception cref=\"IOException\">The file cannot be written; one that was there is as it was.</exception>");
        code.Block("public void Save(string path)", () =>
        {
            code.Line("global::Recurrent.Safetensors.Write(path, Parameters, _compiled.Parameters);");
            code.Line("GC.KeepAlive(this);");
        });
    }

    private static void Inference(CodeWriter code, NetworkPlan network)
    {
        string input = Text(network.InputSize);
        string output = Text(network.OutputSize);
        string state = Text(network.StateSize);
        code.Line();
        code.Line("/// <summary>Runs one time step of one stream. Allocates nothing.</summary>");
        code.Line($"/// <param name=\"input\">{input} floats.</param>");
        code.Line($"/// <param name=\"state\">{state} floats: in, the state before the step (zero at the start of a stream); out, after it. Must not overlap the input.</param>");
        code.Line($"/// <param name=\"output\">Receives {output} floats; must not overlap the input or the state.</param>");
        Exception(code);
        code.Block("public unsafe void Step(ReadOnlySpan<float> input, Span<float> state, Span<float> output)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(input.Length, InputSize, nameof(input));");
            code.Line("global::Recurrent.Boundary.Length(state.Length, StateSize, nameof(state));");
            code.Line("global::Recurrent.Boundary.Length(output.Length, OutputSize, nameof(output));");
            Apart(code, "output", "input", "state");
            Apart(code, "state", "input");
            Indices(code, network, "input");
            Fixed(code, "float* x = input, s = state, y = output", "_compiled.RunPass(1, x, s, y);");
        });
        code.Line();
        code.Line("/// <summary>Runs one time step of many streams; the same bits as one <see cref=\"Step\"/> for each. Allocates nothing.</summary>");
        code.Line("/// <param name=\"streams\">How many streams; may be 0.</param>");
        code.Line($"/// <param name=\"inputs\">[streams, {input}], one row for each stream.</param>");
        code.Line($"/// <param name=\"states\">[streams, {state}], one row for each stream; must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [streams, {output}]; must not overlap the inputs or the states.</param>");
        Exception(code);
        code.Block("public unsafe void StepMany(int streams, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs)", () =>
        {
            code.Line("global::Recurrent.Boundary.Count(streams, nameof(streams));");
            code.Line("global::Recurrent.Boundary.Rows(inputs.Length, streams, InputSize, nameof(inputs), nameof(InputSize));");
            code.Line("global::Recurrent.Boundary.Rows(states.Length, streams, StateSize, nameof(states), nameof(StateSize));");
            code.Line("global::Recurrent.Boundary.Rows(outputs.Length, streams, OutputSize, nameof(outputs), nameof(OutputSize));");
            Apart(code, "outputs", "inputs", "states");
            Apart(code, "states", "inputs");
            Indices(code, network, "inputs");
            Fixed(code, "float* x = inputs, s = states, y = outputs", $"for (int stream = 0; stream < streams; stream++)\n{{\n    _compiled.RunPass(1, x + (nint)stream * {input}, s + (nint)stream * {state}, y + (nint)stream * {output});\n}}");
        });
        code.Line();
        code.Line("/// <summary>Runs a whole sequence; the same bits as one <see cref=\"Step\"/> after another. Allocates nothing.</summary>");
        code.Line($"/// <param name=\"inputs\">[steps, {input}], row after row.</param>");
        code.Line($"/// <param name=\"state\">{state} floats: in, the state before the first step (zero at the start of a stream); out, after the last. Must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [steps, {output}]; must not overlap the inputs or the state.</param>");
        Exception(code);
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
        code.Line("/// <summary>Floats that <see cref=\"Forward\"/> keeps for <see cref=\"Backward\"/>.</summary>");
        code.Line($"/// <param name=\"steps\">Time steps of the sequence: 0 to {Text(int.MaxValue / Math.Max(1, network.TapeStep))}.</param>");
        code.Line("/// <exception cref=\"ArgumentOutOfRangeException\">There are fewer or more.</exception>");
        code.Block("public static int TapeSize(int steps)", () =>
        {
            code.Line("global::Recurrent.Boundary.Count(steps, nameof(steps));");
            if (network.TapeStep > 0)
            {
                code.Line($"ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, {Text(int.MaxValue / network.TapeStep)});");
            }

            code.Line($"return steps * {Text(network.TapeStep)};");
        });
        code.Line();
        code.Line("/// <summary>Runs a whole sequence like <see cref=\"Run\"/>, to the same bits, and keeps what <see cref=\"Backward\"/> needs. Allocates nothing.</summary>");
        code.Line($"/// <param name=\"inputs\">[steps, {input}], row after row.</param>");
        code.Line($"/// <param name=\"state\">{state} floats: in, the state before the first step; out, after the last. Must not overlap the inputs.</param>");
        code.Line($"/// <param name=\"outputs\">Receives [steps, {output}]; must not overlap the inputs or the state.</param>");
        code.Line("/// <param name=\"tape\">Receives <see cref=\"TapeSize\"/>(steps) floats; must overlap nothing else.</param>");
        Exception(code);
        code.Block("public unsafe void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape)", () =>
        {
            Sequence(code, network);
            code.Line("global::Recurrent.Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));");
            Apart(code, "tape", "inputs", "state", "outputs");
            Fixed(code, "float* x = inputs, s = state, y = outputs, kept = tape", "_compiled.RecordPass(steps, x, s, y, kept);");
        });
        code.Line();
        code.Line("/// <summary>Carries the gradient of a loss back through a sequence that <see cref=\"Forward\"/> has run. No two spans may overlap. Allocates nothing once it has run.</summary>");
        code.Line($"/// <param name=\"outputGradients\">[steps, {output}]: the loss's gradient by each output.</param>");
        code.Line($"/// <param name=\"stateGradients\">{state} floats: in, the gradient by the final state; out, by the initial state.</param>");
        code.Line("/// <param name=\"tape\">What <see cref=\"Forward\"/> wrote.</param>");
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
            code.Line("global::Recurrent.Boundary.Length(stateGradients.Length, StateSize, nameof(stateGradients));");
            code.Line("global::Recurrent.Boundary.Length(tape.Length, TapeSize(steps), nameof(tape));");
            code.Line("global::Recurrent.Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));");
            code.Block("if (!inputGradients.IsEmpty)", () =>
                code.Line("global::Recurrent.Boundary.Rows(inputGradients.Length, steps, InputSize, nameof(inputGradients), nameof(InputSize));"));
            code.Line();
            Apart(code, "stateGradients", "outputGradients", "tape");
            Apart(code, "parameterGradients", "outputGradients", "stateGradients", "tape");
            Apart(code, "inputGradients", "outputGradients", "stateGradients", "tape", "parameterGradients");
            if (network.Layers[0].IndexCount is int count && network.Layers[0].IndexOnTape is int index)
            {
                // Parameters' gradients are added to the rows that the tape names.
                string step = Text(network.Layers[0].Record.RecordSize);
                code.Block("if (steps > 0)", () => code.Line(
                    $"global::Recurrent.Boundary.Indices(tape.Slice({Text(index)}, ((steps - 1) * {step}) + 1), {step}, {Text(count)}, nameof(tape));"));
                code.Line();
            }

            Fixed(
                code,
                "float* dy = outputGradients, ds = stateGradients, kept = tape, gradients = parameterGradients, dx = inputGradients",
                "_compiled.BackwardPass(steps, dy, ds, kept, gradients, dx);");
        });
    }

    private static void Exception(CodeWriter code) =>
        code.Line("/// <exception cref=\"ArgumentException\">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>");

    private static void Sequence(CodeWriter code, NetworkPlan network)
    {
        code.Line("int steps = global::Recurrent.Boundary.Steps(inputs.Length, InputSize, nameof(inputs), nameof(InputSize));");
        code.Line("global::Recurrent.Boundary.Length(state.Length, StateSize, nameof(state));");
        code.Line("global::Recurrent.Boundary.Rows(outputs.Length, steps, OutputSize, nameof(outputs), nameof(OutputSize));");
        Apart(code, "outputs", "inputs", "state");
        Apart(code, "state", "inputs");
        Indices(code, network, "inputs");
    }

    private static void Apart(CodeWriter code, string written, params string[] others)
    {
        foreach (string other in others)
        {
            code.Line($"global::Recurrent.Boundary.NoOverlap({written}, {other}, nameof({written}), nameof({other}));");
        }
    }

    private static void Indices(CodeWriter code, NetworkPlan network, string inputs)
    {
        if (network.Layers[0].IndexCount is int count)
        {
            code.Line($"global::Recurrent.Boundary.Indices({inputs}, InputSize, {Text(count)}, nameof({inputs}));");
        }
    }

    private static void Fixed(CodeWriter code, string pointers, string call)
    {
        code.Block($"fixed ({pointers})", () => code.Line(call));
        code.Line();
        code.Line("GC.KeepAlive(this);");
    }
}
