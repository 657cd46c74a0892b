using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Recurrent.Tests.Numerics;

/// <summary>A network that calls its cells' equations, in double precision.</summary>
public sealed class ReferenceNetwork
{
    private readonly IReadOnlyList<ReferenceLayer> _layers;

    public ReferenceNetwork(NetworkClass network)
    {
        TensorInfo[] tensors = network.Parameters.ToArray();
        CustomAttributeData[] attributes = network.Type.CustomAttributes
            .Where(attribute => attribute.AttributeType.IsSubclassOf(typeof(LayerAttribute)))
            .ToArray();

        // The tensors of a layer stand together and share a prefix, which no other layer has: the layer's name. A cell without parameters has none.
        string[] prefixes = attributes.All(attribute => NameOf(attribute) is not null)
            ? attributes.Select(attribute => NameOf(attribute)!).ToArray()
            : tensors.Select(tensor => Prefix(tensor.Name)).Distinct().ToArray();
        _layers = attributes.Zip(prefixes, (attribute, prefix) => new ReferenceLayer(
            attribute,
            tensors.Where(tensor => Prefix(tensor.Name) == prefix).ToDictionary(tensor => tensor.Name[(prefix.Length + 1)..]))).ToArray();
        IndexCount = NetworkDeclaration.ReadsIndex(attributes[0].AttributeType) ? (int)attributes[0].ConstructorArguments[0].Value! : null;
    }

    /// <summary>How many rows the table of the first layer has, if it reads an index.</summary>
    public int? IndexCount { get; }

    public int StateSize => _layers.Sum(layer => layer.StateSize);

    /// <summary>Binds the parameters; the result runs sequences.</summary>
    public BoundNetwork Bind(ReadOnlySpan<double> parameters)
    {
        List<BoundLayer> layers = [];
        foreach (ReferenceLayer layer in _layers)
        {
            layers.Add(layer.Bind(parameters));
        }

        return new BoundNetwork(layers);
    }

    private static string? NameOf(CustomAttributeData layer) =>
        (string?)layer.NamedArguments.SingleOrDefault(argument => argument.MemberName == nameof(LayerAttribute.Name)).TypedValue.Value;

    private static string Prefix(string tensorName) => tensorName[..tensorName.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>A network's equations with their parameters.</summary>
public sealed class BoundNetwork(IReadOnlyList<BoundLayer> layers)
{
    /// <summary>Runs one time step and replaces the state.</summary>
    public double[] Step(ReadOnlySpan<double> input, Span<double> state)
    {
        Vec x = new(input);
        foreach (BoundLayer layer in layers)
        {
            x = layer.Step(x, state[..layer.StateSize]);
            state = state[layer.StateSize..];
        }

        return x.AsSpan().ToArray();
    }

    /// <summary>Runs a sequence and replaces the state.</summary>
    public double[] Run(int inputSize, ReadOnlySpan<double> inputs, Span<double> state)
    {
        List<double> outputs = [];
        for (int at = 0; at < inputs.Length; at += inputSize)
        {
            outputs.AddRange(Step(inputs.Slice(at, inputSize), state));
        }

        return [.. outputs];
    }
}
