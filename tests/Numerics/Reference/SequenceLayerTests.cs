using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Layers that normalise, rectify, weigh or convolve, against PyTorch's definitions over whole sequences.</summary>
public class SequenceLayerTests
{
    private const int Steps = 23;

    private delegate double[][] Layer(double[][] inputs, IReadOnlyDictionary<string, double[]> tensors);

    private static readonly Case[] Cases = [.. Enumerate(), .. Convolutions()];

    private static readonly Lazy<Consumer> Built = new(() => NetworkDeclaration.Build(Cases.Select(one => one.Declaration)));

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Of(Built.Value, Cases.Select(one => one.Declaration)));

    public static TheoryData<string> Names => new(Cases.Select(one => one.Name));

    [Fact]
    public void Neither_the_analyzer_nor_the_compiler_has_anything_to_say()
    {
        Built.Value.AnalyzerDiagnostics(withGenerated: false).ShouldBeEmpty();
        Built.Value.CompilerDiagnostics().Where(diagnostic => diagnostic.Location.SourceTree?.FilePath != "Source0.cs").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tensors_have_the_names_and_the_shapes_of_PyTorch(string name)
    {
        Case one = Find(name);

        Compiled.Value[name].Class.Parameters.ToArray().Select(tensor => $"{tensor.Name["layer.".Length..]} {tensor.Shape}").ShouldBe(one.Tensors);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sequence_from_zeros_gives_what_PyTorch_gives_step_by_step_too(string name)
    {
        Case one = Find(name);
        NetworkClass network = Compiled.Value[name].Class;
        float[] parameters = Parameters(network);
        float[] inputs = Inputs(network);
        double[] expected = Run(one, network, Bits.ToDouble(inputs), Bits.ToDouble(parameters));
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            using Network compiled = network.Create(parameters, instructionSet);
            float[] outputs = new float[Steps * network.OutputSize];
            compiled.Run(inputs, new float[network.StateSize], outputs);
            Bits.ShouldBeNear(outputs, expected, 1e-5, $"{instructionSet}");

            float[] state = new float[network.StateSize];
            float[] single = new float[outputs.Length];
            for (int step = 0; step < Steps; step++)
            {
                compiled.Step(
                    inputs.AsSpan(step * network.InputSize, network.InputSize), state, single.AsSpan(step * network.OutputSize, network.OutputSize));
            }

            Bits.ShouldBeSame(single, outputs, $"{instructionSet}: step by step");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_differences_of_what_PyTorch_gives(string name)
    {
        Case one = Find(name);
        NetworkClass network = Compiled.Value[name].Class;
        double[] parameters = Bits.ToDouble(Parameters(network));
        double[] inputs = Bits.ToDouble(Inputs(network));
        float[] weights = CompiledNetwork.Numbers(Steps * network.OutputSize, 5);
        double Loss() => Run(one, network, inputs, parameters).Zip(weights, (output, weight) => output * weight).Sum();

        HashSet<int> frozen = [];
        foreach (TensorInfo tensor in network.Parameters)
        {
            frozen.UnionWith(tensor.IsFrozen ? Enumerable.Range(tensor.Offset, tensor.Length) : []);
        }

        using Network compiled = network.Create(Parameters(network));
        float[] tape = new float[network.TapeSize(Steps)];
        compiled.Forward(Inputs(network), new float[network.StateSize], new float[weights.Length], tape);
        float[] parameterGradients = new float[network.ParameterCount];
        float[] inputGradients = new float[inputs.Length];
        compiled.Backward(weights, new float[network.StateSize], tape, parameterGradients, inputGradients);

        ShouldBeNear(parameterGradients, Moved(parameters, Loss, frozen), "parameter");
        ShouldBeNear(inputGradients, Moved(inputs, Loss, []), "input");
    }

    [Fact]
    public void A_step_of_BatchNorm_is_one_multiplication_and_addition()
    {
        string[] code = Built.Value.Sources["BatchNorm19.layer.Forward.g.cs"].Split('\n');
        string forward = string.Join('\n', code.Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal)));

        forward.ShouldContain("MultiplyAdd(");
        forward.ShouldNotContain("Sqrt(");
        forward.ShouldNotContain("Divide(");
    }

    private static IEnumerable<Case> Enumerate()
    {
        foreach (int size in (int[])[1, 5, 16, 19])
        {
            string number = size.ToString(CultureInfo.InvariantCulture);
            string[] affine = [$"weight [{number}]", $"bias [{number}]"];
            string[] statistics = [.. affine, $"running_mean [{number}]", $"running_var [{number}]"];
            yield return new Case($"LayerNorm{number}", size, "LayerNorm()", affine, (x, tensors) => SequenceLayer.LayerNorm(x, tensors, 1e-5));
            yield return new Case($"LayerNormEpsilon{number}", size, "LayerNorm(Epsilon = 0.5)", affine, (x, tensors) => SequenceLayer.LayerNorm(x, tensors, 0.5));
            yield return new Case($"BatchNorm{number}", size, "BatchNorm()", statistics, (x, tensors) => SequenceLayer.BatchNorm(x, tensors, 1e-5));
            yield return new Case($"BatchNormEpsilon{number}", size, "BatchNorm(Epsilon = 0.5)", statistics, (x, tensors) => SequenceLayer.BatchNorm(x, tensors, 0.5));
            yield return new Case($"PRelu{number}", size, "PRelu()", ["weight [1]"], SequenceLayer.PRelu);
            yield return new Case($"PReluPerChannel{number}", size, "PRelu(PerChannel = true)", [$"weight [{number}]"], SequenceLayer.PRelu);
            yield return new Case($"Softmax{number}", size, "Softmax()", [], (x, _) => SequenceLayer.Softmax(x));
        }
    }

    /// <summary>Kernels of 1, dilations, strides, and every kind of groups: one, depthwise, with several outputs for an input, and neither.</summary>
    private static IEnumerable<Case> Convolutions()
    {
        foreach ((int input, int channels, int kernel, int stride, int dilation, int groups) in ((int, int, int, int, int, int)[])
            [
                (1, 1, 1, 1, 1, 1), (3, 5, 1, 1, 1, 1), (1, 4, 3, 1, 1, 1), (5, 1, 2, 1, 1, 1), (4, 17, 3, 1, 1, 1), (19, 16, 2, 1, 3, 1), (2, 3, 4, 3, 2, 1), (3, 7, 2, 5, 1, 1),
                (6, 6, 3, 1, 1, 6), (17, 17, 4, 1, 1, 17), (16, 16, 2, 2, 4, 16), (5, 5, 1, 1, 1, 5), (3, 3, 3, 4, 5, 3),
                (4, 6, 3, 1, 1, 2), (3, 12, 2, 1, 2, 3), (12, 4, 2, 3, 1, 4), (16, 32, 3, 1, 1, 4), (6, 3, 1, 1, 1, 3),
            ])
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"Conv{input}To{channels}Kernel{kernel}Stride{stride}Dilation{dilation}Groups{groups}");
            string attribute = string.Create(CultureInfo.InvariantCulture, $"Conv1d({channels}, {kernel}, Stride = {stride}, Dilation = {dilation}, Groups = {groups})");
            string[] tensors = [string.Create(CultureInfo.InvariantCulture, $"weight [{channels}, {input / groups}, {kernel}]"), string.Create(CultureInfo.InvariantCulture, $"bias [{channels}]")];
            yield return new Case(name, input, attribute, tensors, (x, values) => SequenceLayer.Conv1d(x, values, kernel, stride, dilation, groups));
        }
    }

    private static Case Find(string name) => Cases.Single(one => one.Name == name);

    private static float[] Parameters(NetworkClass network)
    {
        Random random = new(1);
        float[] parameters = new float[network.ParameterCount];
        foreach (TensorInfo tensor in network.Parameters)
        {
            double middle = tensor.Name.EndsWith("var", StringComparison.Ordinal) ? 1 : 0;
            foreach (ref float value in parameters.AsSpan(tensor.Offset, tensor.Length))
            {
                value = (float)(middle + (1.8 * (random.NextDouble() - 0.5)));
            }
        }

        return parameters;
    }

    private static float[] Inputs(NetworkClass network)
    {
        Random random = new(2);
        return [.. Enumerable.Range(0, Steps * network.InputSize).Select(_ => (float)((4 * random.NextDouble()) - 2))];
    }

    private static double[] Run(Case one, NetworkClass network, double[] inputs, double[] parameters)
    {
        Dictionary<string, double[]> tensors = [];
        foreach (TensorInfo tensor in network.Parameters)
        {
            tensors[tensor.Name["layer.".Length..]] = parameters[tensor.Offset..(tensor.Offset + tensor.Length)];
        }

        return [.. one.Reference([.. inputs.Chunk(network.InputSize)], tensors).SelectMany(output => output)];
    }

    private static double[] Moved(double[] values, Func<double> loss, HashSet<int> frozen) =>
        [.. Enumerable.Range(0, values.Length).Select(i => frozen.Contains(i) ? 0 : Differences.At(values, i, loss))];

    private static void ShouldBeNear(float[] actual, double[] expected, string kind)
    {
        double largest = expected.Select(Math.Abs).Append(1e-2).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            Differences.ShouldBeNear(actual[i], expected[i], largest, $"The gradient by {kind} {i} of {expected.Length}.");
        }
    }

    private sealed record Case(string Name, int Input, string Attribute, string[] Tensors, Layer Reference)
    {
        public NetworkDeclaration Declaration { get; } = new(
            Name, Input, $"Recurrent.{(Attribute.EndsWith("()", StringComparison.Ordinal) ? Attribute[..^1] : Attribute[..^1] + ", ")}Name = \"layer\")");
    }
}
