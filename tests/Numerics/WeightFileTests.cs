using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Recurrent.Tests.Parameters;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>The files that generated networks write and read, and the weights that they start from.</summary>
public class WeightFileTests
{
    private const int Steps = 4;

    private static readonly string[] KnownToPyTorch = ["RnnAttribute(", "LstmAttribute(", "GruAttribute(", "DenseAttribute(", "EmbeddingAttribute(", "Rnn(", "Lstm(", "Gru(", "Dense(", "Embedding("];

    private static readonly Initializer[] Constants =
    [
        Initializer.Zeros, Initializer.Ones, Initializer.Constant, Initializer.Identity, Initializer.Signs, Initializer.LogColumns, Initializer.LegendreState, Initializer.LegendreInput,
    ];

    public static TheoryData<string> Several => new(Networks.Small.Concat(Networks.Stacks).Concat(Networks.Named).Select(network => network.Name));

    /// <summary>Networks of layers that PyTorch has, without settings that it has not.</summary>
    public static TheoryData<string> OfPyTorchAlone => new(Networks.Small.Concat(Networks.Stacks).Concat(Networks.Named)
        .Where(network => network.Layers.All(layer => !layer.Contains('=') && KnownToPyTorch.Any(known => layer.StartsWith($"Recurrent.{known}", StringComparison.Ordinal))))
        .Select(network => network.Name));

    public static TheoryData<string, string[]> NamesAndShapes => new()
    {
        {
            "NamedRecurrent",
            [
                "rnn0.weight_ih_l0 [5, 3]", "rnn0.weight_hh_l0 [5, 5]", "rnn0.bias_ih_l0 [5]", "rnn0.bias_hh_l0 [5]",
                "lstm1.weight_ih_l0 [28, 5]", "lstm1.weight_hh_l0 [28, 7]", "lstm1.bias_ih_l0 [28]", "lstm1.bias_hh_l0 [28]",
                "gru2.weight_ih_l0 [12, 7]", "gru2.weight_hh_l0 [12, 4]", "gru2.bias_ih_l0 [12]", "gru2.bias_hh_l0 [12]",
                "dense3.weight [2, 4]", "dense3.bias [2]",
            ]
        },
        {
            "NamedEmbedding",
            [
                "embedding0.weight [9, 6]",
                "gru1.weight_ih_l0 [12, 6]", "gru1.weight_hh_l0 [12, 4]", "gru1.bias_ih_l0 [12]", "gru1.bias_hh_l0 [12]",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Several))]
    public void A_saved_network_is_loaded_with_the_same_parameters_and_outputs(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        float[] parameters = network.Parameters();
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        using Network saved = network.Class.Create(parameters);
        saved.Save(path);
        using Network fromPath = network.Class.Load(path);
        using Network fromBytes = network.Class.Load(File.ReadAllBytes(path));
        float[] outputs = Outputs(saved, network);

        // An activation with a threshold may give nothing at all.
        (outputs.Distinct().Count() > 1 || outputs.All(output => output == 0)).ShouldBeTrue();
        foreach (Network loaded in (Network[])[fromPath, fromBytes])
        {
            Bits.ShouldBeSame(Parameters(loaded, network), parameters, "parameters");
            Bits.ShouldBeSame(Outputs(loaded, network), outputs, "outputs");
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndShapes))]
    public void A_file_has_the_names_and_shapes_of_PyTorch(string name, string[] tensors)
    {
        CompiledNetwork network = Networks.Get(name);
        float[] parameters = network.Parameters();

        (JsonElement header, byte[] data) = Parts(Saved(network));

        header.EnumerateObject().Where(tensor => tensor.Name != "__metadata__")
            .Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Value.GetProperty("shape").EnumerateArray())}]")
            .ShouldBe(tensors, ignoreOrder: true);
        network.Class.Parameters.ToArray().Select(tensor => $"{tensor.Name} {tensor.Shape}").ShouldBe(tensors);
        foreach (TensorInfo tensor in network.Class.Parameters)
        {
            JsonElement entry = header.GetProperty(tensor.Name);
            int[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            entry.GetProperty("dtype").GetString().ShouldBe("F32");
            data[offsets[0]..offsets[1]].ShouldBe(SafetensorsFile.Data(parameters.AsSpan(tensor.Offset, tensor.Length)), tensor.Name);
        }
    }

    [Theory]
    [MemberData(nameof(OfPyTorchAlone))]
    public void Every_tensor_starts_from_the_distribution_of_PyTorch(string name)
    {
        NetworkClass shape = Networks.Get(name).Class;
        Dictionary<string, TensorShape> shapes = shape.Parameters.ToArray().ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        foreach (TensorInfo tensor in shape.Parameters)
        {
            tensor.Initialization.ShouldBe(OfPyTorch(tensor.Name, shapes), tensor.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void The_seed_alone_determines_the_weights_a_network_starts_from(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        using Network first = network.Class.Create(seed: 5);
        using Network again = network.Class.Create(seed: 5);
        using Network other = network.Class.Create(seed: 6);
        float[] parameters = Parameters(first, network);
        float[] others = Parameters(other, network);

        Bits.ShouldBeSame(Parameters(again, network), parameters, "parameters");
        Bits.ShouldBeSame(Outputs(again, network), Outputs(first, network), "outputs");
        foreach (TensorInfo tensor in network.Class.Parameters.ToArray().Where(IsRandom))
        {
            Range range = tensor.Offset..(tensor.Offset + tensor.Length);
            parameters[range].Zip(others[range]).Count(pair => pair.First == pair.Second).ShouldBeLessThanOrEqualTo(tensor.Length / 10, tensor.Name);
        }
    }

    [Theory]
    [MemberData(nameof(OfPyTorchAlone))]
    public void A_network_starts_from_weights_that_fill_their_distributions(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        Dictionary<string, TensorShape> shapes = network.Class.Parameters.ToArray().ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        using Network created = network.Class.Create(seed: 7);
        float[] parameters = Parameters(created, network);
        foreach (TensorInfo tensor in network.Class.Parameters)
        {
            float[] values = parameters[tensor.Offset..(tensor.Offset + tensor.Length)];
            Initialization wanted = OfPyTorch(tensor.Name, shapes);
            double bound = wanted.Initializer == Initializer.Uniform ? 1 / Math.Sqrt(wanted.Fan) : 6;

            values.ShouldAllBe(value => Math.Abs(value) <= bound, tensor.Name);
            values.Distinct().Count().ShouldBeGreaterThan(tensor.Length * 9 / 10, tensor.Name);
            if (tensor.Length >= 30)
            {
                // The deviation of n numbers is within three of its own of that of their distribution.
                double deviation = Math.Sqrt(values.Average(value => (double)value * value));
                double expected = wanted.Initializer == Initializer.Uniform ? bound / Math.Sqrt(3) : 1;
                (deviation / expected).ShouldBe(1, 3 / Math.Sqrt(2.0 * tensor.Length), tensor.Name);
            }
        }
    }

    [Fact]
    public void Every_difference_between_a_file_and_the_network_is_told_at_once()
    {
        CompiledNetwork network = Networks.Get("NamedRecurrent");
        byte[] file = Saved(network);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, length);
        string changed = header.Replace("gru2.bias_hh_l0", "gru2.bias_hh_l1", StringComparison.Ordinal).Replace("[2,4]", "[4,2]", StringComparison.Ordinal);
        byte[] bytes = SafetensorsFile.Bytes(changed, file.AsSpan(8 + length));
        using TemporaryDirectory directory = new();
        string path = directory.File("other.safetensors");
        File.WriteAllBytes(path, bytes);

        InvalidDataException ofPath = Should.Throw<InvalidDataException>(() => network.Class.Load(path));
        InvalidDataException ofBytes = Should.Throw<InvalidDataException>(() => network.Class.Load(bytes));

        foreach (string message in (string[])[ofPath.Message, ofBytes.Message])
        {
            message.ShouldContain("missing: \"gru2.bias_hh_l0\" [12]");
            message.ShouldContain("unexpected: \"gru2.bias_hh_l1\" [12]");
            message.ShouldContain("shape: \"dense3.weight\" is [4, 2]; [2, 4] is wanted");
        }

        ofPath.Message.ShouldStartWith(path);
    }

    /// <summary>What the documentation of PyTorch's modules says: uniform within 1/sqrt of the hidden size, or of what a linear layer reads.</summary>
    private static Initialization OfPyTorch(string tensor, Dictionary<string, TensorShape> shapes)
    {
        string prefix = tensor[..tensor.IndexOf('.', StringComparison.Ordinal)];
        return prefix.TrimEnd([.. "0123456789"]) switch
        {
            "rnn" or "lstm" or "gru" => new Initialization(Initializer.Uniform, shapes[$"{prefix}.weight_hh_l0"].Columns),
            "dense" => new Initialization(Initializer.Uniform, shapes[$"{prefix}.weight"].Columns),
            "embedding" => new Initialization(Initializer.Normal),
            _ => throw new NotSupportedException($"What PyTorch starts {tensor} from is not known to this test."),
        };
    }

    private static bool IsRandom(TensorInfo tensor) =>
        !Constants.Contains(tensor.Initialization.Initializer) && !tensor.Parts.ToArray().Any(part => Constants.Contains(part.Initialization.Initializer));

    private static byte[] Saved(CompiledNetwork network)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        using Network saved = network.Class.Create(network.Parameters());
        saved.Save(path);
        return File.ReadAllBytes(path);
    }

    private static (JsonElement Header, byte[] Data) Parts(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        return (header.RootElement.Clone(), file[(8 + length)..]);
    }

    private static float[] Parameters(Network compiled, CompiledNetwork network)
    {
        float[] parameters = new float[network.Class.ParameterCount];
        compiled.CopyParametersTo(parameters);
        return parameters;
    }

    private static float[] Outputs(Network compiled, CompiledNetwork network)
    {
        float[] outputs = new float[Steps * network.Class.OutputSize];
        compiled.Run(network.Inputs(Steps), network.State(), outputs);
        return outputs;
    }
}
