using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Recurrent.Tests.Numerics;

/// <summary>What a layer attribute says around its cell, for one level: the layers that read the same sequence, one for each direction.</summary>
public sealed class ReferenceLevel
{
    private readonly IReadOnlyList<(ReferenceLayer Layer, bool IsReverse)> _directions;
    private readonly bool _isResidual;

    private ReferenceLevel(IReadOnlyList<(ReferenceLayer Layer, bool IsReverse)> directions, bool isResidual)
    {
        _directions = directions;
        _isResidual = isResidual;
    }

    public int StateSize => _directions.Sum(direction => direction.Layer.StateSize);

    /// <summary>Floats that all directions give per time step.</summary>
    public int OutputSize => _directions.Sum(direction => direction.Layer.OutputSize);

    /// <summary>The levels of a layer.</summary>
    /// <param name="attribute">The attribute as it is written.</param>
    /// <param name="inputSize">Floats that the first level reads per time step.</param>
    /// <param name="tensors">The layer's tensors by their names behind its prefix.</param>
    public static IEnumerable<ReferenceLevel> Of(CustomAttributeData attribute, int inputSize, Dictionary<string, TensorInfo> tensors)
    {
        bool isBidirectional = ReferenceNetwork.Named<bool?>(attribute, nameof(LayerAttribute.Bidirectional)) ?? false;
        bool isReverse = ReferenceNetwork.Named<bool?>(attribute, nameof(LayerAttribute.Reverse)) ?? false;
        bool isResidual = ReferenceNetwork.Named<bool?>(attribute, nameof(LayerAttribute.Residual)) ?? false;
        int levels = ReferenceNetwork.Named<int?>(attribute, nameof(LayerAttribute.Layers)) ?? 1;
        ReferenceLayer Copy(int level, string direction) => new(
            attribute, inputSize, tensor => tensors.TryGetValue(NameOf(tensor, level, direction), out TensorInfo found) ? found : null);
        for (int level = 0; level < levels; level++)
        {
            List<(ReferenceLayer, bool)> directions = [(Copy(level, ""), isReverse)];
            if (isBidirectional)
            {
                directions.Add((Copy(level, "_reverse"), true));
            }

            ReferenceLevel made = new(directions, isResidual);
            inputSize = made.OutputSize;
            yield return made;
        }
    }

    /// <summary>Takes the layers' parameters out of the network's.</summary>
    public BoundLevel Bind(ReadOnlySpan<double> parameters)
    {
        List<(BoundLayer, bool)> directions = [];
        foreach ((ReferenceLayer layer, bool isReverse) in _directions)
        {
            directions.Add((layer.Bind(parameters), isReverse));
        }

        return new BoundLevel(directions, _isResidual);
    }

    /// <summary>The name that a copy of a cell gives to a tensor.</summary>
    private static string NameOf(string tensor, int level, string direction)
    {
        string number = "_l" + level.ToString(CultureInfo.InvariantCulture);
        return (tensor.EndsWith("_l0", StringComparison.Ordinal) ? tensor[..^3] + number : level > 0 ? tensor + number : tensor) + direction;
    }
}

/// <summary>A level's equations with their parameters.</summary>
public sealed class BoundLevel(IReadOnlyList<(BoundLayer Layer, bool IsReverse)> directions, bool isResidual)
{
    public int StateSize => directions.Sum(direction => direction.Layer.StateSize);

    /// <summary>Runs a sequence and replaces the state.</summary>
    public List<double[]> Run(List<double[]> inputs, Span<double> state)
    {
        List<double[]> outputs = inputs.Select(_ => Array.Empty<double>()).ToList();
        foreach ((BoundLayer layer, bool isReverse) in directions)
        {
            Span<double> own = state[..layer.StateSize];
            state = state[layer.StateSize..];
            for (int i = 0; i < inputs.Count; i++)
            {
                int t = isReverse ? inputs.Count - 1 - i : i;
                outputs[t] = [.. outputs[t], .. layer.Step(new Vec(inputs[t]), own).AsSpan()];
            }
        }

        return isResidual ? outputs.Zip(inputs, (output, input) => output.Zip(input, (y, x) => y + x).ToArray()).ToList() : outputs;
    }
}
