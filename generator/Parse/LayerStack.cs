using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Parse;

/// <summary>
/// Reads what a layer attribute says around its cell: how many levels are stacked, the directions in which each runs, and whether inputs are added to outputs.
/// Every copy of the cell becomes a layer of its own.
/// </summary>
public sealed class LayerStack
{
    /// <summary>Each level is code of its own; more than these would keep a compiler busy for minutes.</summary>
    private const int MostLevels = 256;

    private const string FirstLevel = "_l0";
    private const string ReverseCopy = "_reverse";

    private readonly INamedTypeSymbol _network;
    private readonly AttributeData _attribute;
    private readonly LayerReader _reader;
    private readonly Problems _problems;
    private readonly int _levels;
    private readonly bool _isReverse;
    private readonly bool _isBidirectional;
    private readonly bool _isResidual;
    private readonly bool _learnsStart;
    private readonly double _dropout;
    private readonly double _zoneout;
    private readonly double _recurrentDropout;

    public LayerStack(INamedTypeSymbol network, AttributeData attribute, LayerReader reader, Problems problems)
    {
        _network = network;
        _attribute = attribute;
        _reader = reader;
        _problems = problems;
        _levels = attribute.Named("Layers") is { } levels ? levels.Single() as int? ?? 1 : 1;
        _isReverse = IsSet(attribute, "Reverse");
        _isBidirectional = IsSet(attribute, "Bidirectional");
        _isResidual = IsSet(attribute, "Residual");
        _learnsStart = IsSet(attribute, "LearnInitialState");
        _dropout = attribute.Named("Dropout")?.Single() as double? ?? 0;
        _zoneout = attribute.Named("Zoneout")?.Single() as double? ?? 0;
        _recurrentDropout = attribute.Named("RecurrentDropout")?.Single() as double? ?? 0;
    }

    /// <summary>Floats that the layer would give, as far as its attribute tells; below 1 where that is a problem.</summary>
    public int Size => _isBidirectional && _reader.Size <= int.MaxValue / 2 ? 2 * _reader.Size : _reader.Size;

    /// <summary>Whether any of a network's layers runs against time, so that the network cannot take single steps.</summary>
    public static bool RunsAgainstTime(INamedTypeSymbol network) =>
        NetworkParser.LayersOf(network).Any(attribute => IsSet(attribute, "Reverse") || IsSet(attribute, "Bidirectional"));

    /// <summary>The copies, level after level; none where there is a problem.</summary>
    public IReadOnlyList<LayerSpec> Read(LayerSource source)
    {
        int before = _problems.Count;
        string name = _reader.Name(source.Position);
        if (_levels is < 1 or > MostLevels)
        {
            _problems.Report(Descriptors.LevelsOutOfRange, Place("Layers"), _reader.Kind, _levels.ToText(), MostLevels.ToText());
        }

        if (_isReverse && _isBidirectional)
        {
            _problems.Report(Descriptors.ReverseAndBidirectional, Place("Reverse"), name);
        }

        CheckProbability("Dropout", _dropout);
        CheckProbability("Zoneout", _zoneout);
        CheckProbability("RecurrentDropout", _recurrentDropout);
        List<LayerSpec> copies = [];
        for (int level = 0; level < Math.Max(1, _levels); level++)
        {
            if (_reader.Read(source) is not { } layer)
            {
                return [];
            }

            if (_isBidirectional && layer.OutputSize > int.MaxValue / 2)
            {
                _problems.Report(
                    Descriptors.TooLarge, _attribute.Place(_network), $"The output size of '{name}'", _network.Name, (2L * layer.OutputSize).ToString(CultureInfo.InvariantCulture));
            }

            if (level == 0)
            {
                CheckStates(layer);
            }

            if (_problems.Count > before)
            {
                return [];
            }

            layer = _learnsStart ? layer with { Cell = LearnedStart.OfAllStates(layer.Cell) } : layer;
            foreach (bool isReverse in _isBidirectional ? new[] { false, true } : [_isReverse])
            {
                copies.Add(Copy(layer, level, isReverse));
            }

            CheckResidual(copies[copies.Count - 1], source);
            source = new LayerSource(source.Position, copies[copies.Count - 1].LevelSize, $"level {level.ToText()} of '{name}'", level + 1);
        }

        CheckNames(copies);
        return _problems.Count > before ? [] : copies;
    }

    private static bool IsSet(AttributeData attribute, string property) => attribute.Named(property)?.Single() is true;

    private LayerSpec Copy(LayerSpec layer, int level, bool isReverse)
    {
        string end = (level > 0 ? "_l" + level.ToText() : "") + (_isBidirectional && isReverse ? ReverseCopy : "");
        IEnumerable<CellTensor> tensors = layer.Cell.Tensors.Select(tensor => tensor with { Name = NameOf(tensor.Name, level, isReverse) });
        return layer with
        {
            Id = layer.Name + end,
            Cell = layer.Cell with { Tensors = tensors.ToEquatableArray() },
            IsReverse = isReverse,
            IsResidual = _isResidual,
            Dropout = _dropout,
            Zoneout = _zoneout,
            RecurrentDropout = _recurrentDropout,
            OutputOffset = _isBidirectional && isReverse ? layer.OutputSize : 0,
            LevelSize = (_isBidirectional ? 2 : 1) * layer.OutputSize,
        };
    }

    /// <summary>The name as PyTorch forms it: <c>weight_ih_l0</c>, <c>weight_ih_l0_reverse</c>, <c>weight_ih_l1</c>.</summary>
    private string NameOf(string tensor, int level, bool isReverse)
    {
        bool hasLevel = tensor.EndsWith(FirstLevel, StringComparison.Ordinal);
        string name = hasLevel ? tensor.Substring(0, tensor.Length - FirstLevel.Length) : tensor;
        return name + (hasLevel || level > 0 ? "_l" + level.ToText() : "") + (_isBidirectional && isReverse ? ReverseCopy : "");
    }

    /// <summary>What a layer does to its states, it has states for.</summary>
    private void CheckStates(LayerSpec layer)
    {
        foreach (string property in new[] { _learnsStart ? "LearnInitialState" : "", _zoneout > 0 ? "Zoneout" : "" })
        {
            if (property.Length > 0 && layer.Cell.States.Count == 0)
            {
                _problems.Report(Descriptors.NoState, Place(property), property, layer.Name, layer.Cell.Name);
            }
        }

        if (_recurrentDropout > 0 && !RecurrentProducts.Of(layer.Cell.Body).Any())
        {
            _problems.Report(Descriptors.NoRecurrentProduct, Place("RecurrentDropout"), layer.Name, layer.Cell.Name);
        }
    }

    private void CheckProbability(string property, double probability)
    {
        if (!(probability is >= 0 and < 1))
        {
            _problems.Report(Descriptors.NoProbability, Place(property), property, _reader.Kind, probability.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The cell may use a name that one of its other tensors gets on a level above.</summary>
    private void CheckNames(List<LayerSpec> copies)
    {
        IEnumerable<string> names = copies.SelectMany(copy => copy.Cell.Tensors).Select(tensor => tensor.Name);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            _problems.Report(
                Descriptors.InvalidTensor, _attribute.Place(_network), twice.Key, "two tensors of the layer, initial states and those of other levels or directions among them, would have this name");
        }
    }

    private void CheckResidual(LayerSpec layer, LayerSource source)
    {
        if (_isResidual && CellBinding.IsLookup(layer.Cell))
        {
            _problems.Report(Descriptors.ResidualMisfit, Place("Residual"), layer.Name, "its input is a position in a table");
        }
        else if (_isResidual && layer.LevelSize != source.Size)
        {
            string output = string.Format(CultureInfo.InvariantCulture, "its output has size {0}, and {1} gives size {2}", layer.LevelSize, source.Description, source.Size);
            _problems.Report(Descriptors.ResidualMisfit, Place("Residual"), layer.Name, output);
        }
    }

    private Location? Place(string argument) => _attribute.Place(_network, argument);
}
