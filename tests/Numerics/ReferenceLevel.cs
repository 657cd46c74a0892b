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
    private readonly double _dropout;
    private readonly double _zoneout;
    private readonly double _recurrentDropout;

    private ReferenceLevel(
        IReadOnlyList<(ReferenceLayer Layer, bool IsReverse)> directions, bool isResidual, double dropout, double zoneout, double recurrentDropout)
    {
        _directions = directions;
        _isResidual = isResidual;
        _dropout = dropout;
        _zoneout = zoneout;
        _recurrentDropout = recurrentDropout;
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
        double dropout = ReferenceNetwork.Named<double?>(attribute, nameof(LayerAttribute.Dropout)) ?? 0;
        double zoneout = ReferenceNetwork.Named<double?>(attribute, nameof(LayerAttribute.Zoneout)) ?? 0;
        double recurrentDropout = ReferenceNetwork.Named<double?>(attribute, nameof(LayerAttribute.RecurrentDropout)) ?? 0;
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

            ReferenceLevel made = new(directions, isResidual, dropout, zoneout, recurrentDropout);
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

        return new BoundLevel(directions, _isResidual, _dropout, _zoneout, _recurrentDropout);
    }

    /// <summary>The name that a copy of a cell gives to a tensor.</summary>
    private static string NameOf(string tensor, int level, string direction)
    {
        string number = "_l" + level.ToString(CultureInfo.InvariantCulture);
        return (tensor.EndsWith("_l0", StringComparison.Ordinal) ? tensor[..^3] + number : level > 0 ? tensor + number : tensor) + direction;
    }
}

/// <summary>A level's equations with their parameters.</summary>
public sealed class BoundLevel(
    IReadOnlyList<(BoundLayer Layer, bool IsReverse)> directions, bool isResidual, double dropout, double zoneout, double recurrentDropout)
{
    public int StateSize => directions.Sum(direction => direction.Layer.StateSize);

    /// <summary>Runs a sequence and replaces the state.</summary>
    /// <param name="inputs">The sequence.</param>
    /// <param name="state">The state.</param>
    /// <param name="masks">What chance chooses; none for inference.</param>
    /// <param name="isRead">Whether another level reads what this one gives.</param>
    public List<double[]> Run(List<double[]> inputs, Span<double> state, DrawnMasks? masks = null, bool isRead = false)
    {
        List<double[]> outputs = inputs.Select(_ => Array.Empty<double>()).ToList();
        foreach ((BoundLayer whole, bool isReverse) in directions)
        {
            BoundLayer layer = whole;
            Span<double> own = state[..layer.StateSize];
            state = state[layer.StateSize..];
            int[] kept = zoneout > 0 && masks is not null ? masks.Numbers(layer.StateLengths.Length) : [];
            int[] dropped = dropout > 0 && isRead && masks is not null ? masks.Numbers(1) : [];
            if (recurrentDropout > 0 && masks is not null)
            {
                // One mask for all time steps: that of the first.
                int[] numbers = masks.Numbers(whole.MultipliedStates.Count);
                layer = whole.MultiplyingStatesTimes(whole.MultipliedStates.Select((multiplied, i) => Enumerable.Range(0, whole.StateLengths[multiplied])
                    .Select(k => masks.IsChosen(numbers[i], 0, whole.StateLengths[multiplied], k, recurrentDropout) ? 0 : 1 / (1 - recurrentDropout))
                    .ToArray()).ToArray());
            }

            for (int i = 0; i < inputs.Count; i++)
            {
                int t = isReverse ? inputs.Count - 1 - i : i;
                double[] before = own.ToArray();
                double[] y = layer.Step(new Vec(inputs[t]), own).AsSpan().ToArray();
                if (zoneout > 0)
                {
                    int j = 0;
                    bool givesState = own[..Math.Min(y.Length, own.Length)].SequenceEqual(y);
                    for (int number = 0; number < layer.StateLengths.Length; number++)
                    {
                        for (int k = 0; k < layer.StateLengths[number]; k++, j++)
                        {
                            double keep = masks is null ? zoneout : masks.IsChosen(kept[number], t, layer.StateLengths[number], k, zoneout) ? 1 : 0;
                            own[j] = (keep * before[j]) + ((1 - keep) * own[j]);
                        }
                    }

                    y = givesState ? own[..y.Length].ToArray() : y;
                }

                y = isResidual ? y.Select((value, j) => value + inputs[t][outputs[t].Length + j]).ToArray() : y;
                y = dropped.Length > 0 ? y.Select((value, j) => masks!.IsChosen(dropped[0], t, y.Length, j, dropout) ? 0 : value / (1 - dropout)).ToArray() : y;
                outputs[t] = [.. outputs[t], .. y];
            }
        }

        return outputs;
    }
}

/// <summary>The masks that a seed chooses: SplitMix64 (Steele, Lea, Flood 2014) from a place of its own for each mask.</summary>
public sealed class DrawnMasks(ulong seed)
{
    private int _next;

    /// <summary>The numbers of the next masks of the network.</summary>
    public int[] Numbers(int count) => Enumerable.Range((_next += count) - count, count).ToArray();

    /// <summary>Whether a number that is uniform in [0, 1) is less than a probability.</summary>
    public bool IsChosen(int mask, int step, int length, int element, double probability)
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        ulong start = unchecked(Mixed(Mixed(seed + Golden) + ((ulong)mask * Golden)));
        return (Mixed(unchecked(start + (((ulong)step * (ulong)length) + (ulong)element + 1) * Golden)) >> 11) / 9007199254740992.0 < probability;
    }

    private static ulong Mixed(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
