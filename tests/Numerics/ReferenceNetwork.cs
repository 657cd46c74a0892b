using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Recurrent.Tests.Numerics;

/// <summary>A network that calls its cells' equations, in double precision.</summary>
public sealed class ReferenceNetwork
{
    private readonly IReadOnlyList<ReferenceLevel> _levels;

    public ReferenceNetwork(NetworkClass network)
    {
        TensorInfo[] tensors = network.Parameters.ToArray();
        CustomAttributeData[] attributes = network.Type.CustomAttributes
            .Where(attribute => attribute.AttributeType.IsSubclassOf(typeof(LayerAttribute)))
            .ToArray();

        // A layer without a name of its own is called by its kind and its position.
        string[] prefixes = attributes.Select((attribute, i) => Named<string>(attribute, nameof(LayerAttribute.Name)) ?? Kind(attribute.AttributeType) + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        List<ReferenceLevel> levels = [];
        foreach ((CustomAttributeData attribute, string prefix) in attributes.Zip(prefixes))
        {
            Dictionary<string, TensorInfo> own = tensors.Where(tensor => Prefix(tensor.Name) == prefix).ToDictionary(tensor => tensor.Name[(prefix.Length + 1)..]);
            levels.AddRange(ReferenceLevel.Of(attribute, levels.Count == 0 ? network.InputSize : levels[^1].OutputSize, own));
        }

        _levels = levels;
        IndexCount = NetworkDeclaration.ReadsIndex(attributes[0].AttributeType) ? (int)attributes[0].ConstructorArguments[0].Value! : null;
    }

    /// <summary>How many rows the table of the first layer has, if it reads an index.</summary>
    public int? IndexCount { get; }

    public int StateSize => _levels.Sum(level => level.StateSize);

    /// <summary>What an attribute sets a property to, or null where it does not.</summary>
    public static T? Named<T>(CustomAttributeData attribute, string property) =>
        (T?)attribute.NamedArguments.SingleOrDefault(argument => argument.MemberName == property).TypedValue.Value;

    /// <summary>Binds the parameters; the result runs sequences.</summary>
    public BoundNetwork Bind(ReadOnlySpan<double> parameters)
    {
        List<BoundLevel> levels = [];
        foreach (ReferenceLevel level in _levels)
        {
            levels.Add(level.Bind(parameters));
        }

        return new BoundNetwork(levels);
    }

    private static string Kind(Type attribute)
    {
        string kind = attribute.IsGenericType ? attribute.GenericTypeArguments[0].Name : attribute.Name[..^nameof(Attribute).Length];
        return char.ToLowerInvariant(kind[0]) + kind[1..];
    }

    private static string Prefix(string tensorName) => tensorName[..tensorName.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>A network's equations with their parameters.</summary>
public sealed class BoundNetwork(IReadOnlyList<BoundLevel> levels)
{
    /// <summary>Runs one time step and replaces the state.</summary>
    public double[] Step(ReadOnlySpan<double> input, Span<double> state) => Run(input.Length, input, state);

    /// <summary>Runs a sequence and replaces the state.</summary>
    public double[] Run(int inputSize, ReadOnlySpan<double> inputs, Span<double> state, DrawnMasks? masks = null)
    {
        List<double[]> sequence = [];
        for (int at = 0; at < inputs.Length; at += inputSize)
        {
            sequence.Add(inputs.Slice(at, inputSize).ToArray());
        }

        foreach (BoundLevel level in levels)
        {
            sequence = level.Run(sequence, state[..level.StateSize], masks, isRead: level != levels[^1]);
            state = state[level.StateSize..];
        }

        return sequence.SelectMany(output => output).ToArray();
    }
}
