using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the public members of a network: sizes, tensors, construction and files.</summary>
public static class SurfaceEmitter
{
    private static readonly string[] Usings = ["System", "System.IO"];

    public static SourceFile Emit(NetworkPlan network)
    {
        string name = network.Spec.Class.Name;
        string inference = network.Course.IsStreaming ? "IStreamingNetwork" : "INetwork";
        return SourceFile.Of(network.Spec.Class, "", Usings, $" : global::Recurrent.{inference}<{name}>, global::Recurrent.ITrainableNetwork<{name}>", code =>
        {
            Tensors(code, network);
            Sizes(code, network);
            Construction(code, network, name);
            Files(code, network, name);
            CallEmitter.Emit(code, network);
            TapeEmitter.Emit(code, network);
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
                    string frozen = cell.Parameters[tensor.Parts[0]].IsFrozen ? " { IsFrozen = true }" : "";
                    string dimensions = shape.Rank == 1 ? shape.Rows.ToString()
                        : tensor.Depth.Length == 0 ? $"{shape.Rows}, {shape.Columns}"
                        : $"{shape.Rows}, {shape.Columns} / {tensor.Depth}, {tensor.Depth}";
                    code.Line($"new(\"{layer.Spec.Name}.{tensor.Name}\", new global::Recurrent.TensorShape({dimensions}), {Text(offset)}, {Start([.. tensor.Parts.Select(part => cell.Parameters[part])])}){frozen},");
                }
            }
        }, "};");
        code.Line();
        code.Line("private readonly Compiled _compiled;");
    }

    /// <summary>What a tensor starts from: one distribution, or one for each of its parts where they differ or depend on the part's own shape.</summary>
    private static string Start(CellParameter[] parts)
    {
        string[] starts = [.. parts.Select(Start)];
        bool isWhole = parts.Length == 1
            || (parts[0].Initializer is "Uniform" or "Normal" or "Zeros" or "Ones" or "Constant" or "Interval" or "Signs" && starts.Distinct().Count() == 1);
        return isWhole ? starts[0]
            : string.Join(", ", parts.Zip(starts, (part, start) => $"new global::Recurrent.TensorPart({part.Shape.Rows}, {start})"));
    }

    private static string Start(CellParameter parameter)
    {
        bool readsFan = CellStart.ReadsFan(parameter.Initializer);
        string fan = readsFan ? $", {parameter.Fan}" : "";
        string value = readsFan || parameter.Value == 1 ? "" : $", Value: {Spelling.Double(parameter.Value)}";
        string low = readsFan || parameter.Low == 0 ? "" : $", Low: {Spelling.Double(parameter.Low)}";
        return $"new global::Recurrent.Initialization(global::Recurrent.Initializer.{parameter.Initializer}{fan}{value}{low})";
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
        code.Line();
        code.Line($"/// <summary>Threads that may work on one call of {(network.Course.IsStreaming ? "<c>Step</c>, <c>Run</c> or <c>StepMany</c>" : "<c>Run</c>")}, the caller's among them: 1 to 64, and 1 unless set. {Sharing(network)} The outputs are the same bits at any degree. To be set while no thread uses the network.</summary>");
        code.Line("/// <exception cref=\"ArgumentOutOfRangeException\">It is set to less than 1, or more than 64.</exception>");
        code.Block("public int DegreeOfParallelism", () =>
        {
            code.Line("get => _compiled.DegreeOfParallelism;");
            code.Block("set", () =>
            {
                code.Line("global::Recurrent.Boundary.DegreeOfParallelism(value);");
                code.Line("_compiled.DegreeOfParallelism = value;");
                code.Line("global::System.GC.KeepAlive(this);");
            });
        });
    }

    /// <summary>What the degree of parallelism means to a network.</summary>
    private static string Sharing(NetworkPlan network)
    {
        string[] shared = [.. network.Layers.Where(TeamEmitter.IsShared).Select(layer => layer.Spec.Id)];
        return shared.Length == 0 ? "No layer of this network gains from it: no thread is started."
            : $"They share the rows of {string.Join(", ", shared)}.";
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
            code.Line("global::System.GC.KeepAlive(this);");
        });
        code.Line();
        code.Line("/// <summary>Replaces the parameters. No other thread may use the network meanwhile.</summary>").Line(parameters).Line(length);
        code.Block("public void SetParameters(ReadOnlySpan<float> parameters)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));");
            code.Line("parameters.CopyTo(_compiled.Parameters);");
            code.Line("_compiled.Pack();");
            code.Line("global::System.GC.KeepAlive(this);");
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
            code.Line("global::System.GC.KeepAlive(this);");
        });
    }
}
