using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>A way through all time steps that some layers take together, chunk after chunk.</summary>
/// <param name="IsReverse">Whether it begins at the last time step.</param>
/// <param name="Layers">Numbers of the layers that take it, in the order in which they run.</param>
public sealed record Walk(bool IsReverse, IReadOnlyList<int> Layers);

/// <summary>What one level gives to the next.</summary>
/// <param name="Size">Floats of a time step.</param>
/// <param name="Walk">The walk that writes and reads it chunk by chunk, or null where all of it must lie in memory between walks.</param>
/// <param name="Offset">Floats of a time step in front of it: among those of its walk, or among those that lie in memory as a whole.</param>
public sealed record HandedOver(int Size, Walk? Walk, int Offset);

/// <summary>
/// The order in which the layers of a network run. A layer that runs against time needs its whole input before its first step, so the sequences are
/// walked several times, alternately forward and in reverse. Every layer takes the first walk of its direction in which its input is there; one
/// without a state does not care for the direction. A network whose layers all run forward takes one walk.
/// </summary>
public sealed class Course
{
    private readonly EquatableArray<LayerSpec> _layers;
    private readonly int[] _levels;
    private readonly int[] _walks;

    public Course(NetworkSpec network)
    {
        _layers = network.Layers;
        _levels = new int[_layers.Count];
        _walks = new int[_layers.Count];
        AssignWalks();
        Walks = Enumerable.Range(0, _walks.Max() + 1)
            .Select(walk => new Walk(walk % 2 == 1, Enumerable.Range(0, _walks.Length).Where(layer => _walks[layer] == walk).ToArray()))
            .Where(walk => walk.Layers.Count > 0)
            .ToArray();
        HandedOver = PlaceHandedOver();
    }

    /// <summary>The walks, in the order in which they are taken; each has a layer.</summary>
    public IReadOnlyList<Walk> Walks { get; }

    /// <summary>What each level but the last gives to the next.</summary>
    public IReadOnlyList<HandedOver> HandedOver { get; }

    /// <summary>Floats of a time step that lie in memory between walks.</summary>
    public int WholeSize => HandedOver.Where(sequence => sequence.Walk is null).Sum(sequence => sequence.Size);

    /// <summary>Whether the network can take one time step after another: all layers run forward.</summary>
    public bool IsStreaming => !_layers.Any(layer => layer.IsReverse);

    /// <summary>The level of a layer, from 0.</summary>
    public int LevelOf(int layer) => _levels[layer];

    /// <summary>Whether a layer of the same level has left a gradient by their input when the backward pass comes to this one: it is added to.</summary>
    public bool AddsToInputGradient(int layer) => Enumerable.Range(0, _layers.Count)
        .Any(other => _levels[other] == _levels[layer] && (_walks[other], other).CompareTo((_walks[layer], layer)) > 0);

    /// <summary>Floats that the layers of a walk hand to each other in a time step.</summary>
    public int HandedOverIn(Walk walk) => HandedOver.Where(sequence => sequence.Walk == walk).Sum(sequence => sequence.Size);

    private void AssignWalks()
    {
        int ready = 0;
        int last = 0;
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            bool beginsLevel = _layers[layer].OutputOffset == 0;
            ready = beginsLevel ? last : ready;
            _levels[layer] = layer == 0 ? 0 : _levels[layer - 1] + (beginsLevel ? 1 : 0);
            bool turns = _layers[layer].Cell.States.Count > 0 && _layers[layer].IsReverse != (ready % 2 == 1);
            _walks[layer] = ready + (turns ? 1 : 0);
            last = Math.Max(beginsLevel ? 0 : last, _walks[layer]);
        }
    }

    private HandedOver[] PlaceHandedOver()
    {
        HandedOver[] sequences = new HandedOver[_levels[_levels.Length - 1]];
        for (int level = 0; level < sequences.Length; level++)
        {
            int[] layers = Enumerable.Range(0, _levels.Length).Where(layer => _levels[layer] == level || _levels[layer] == level + 1).ToArray();
            Walk? walk = layers.Select(layer => _walks[layer]).Distinct().Count() == 1 ? Walks.First(walk => walk.Layers.Contains(layers[0])) : null;
            sequences[level] = new HandedOver(
                _layers[layers[0]].LevelSize, walk, sequences.Take(level).Where(before => before.Walk == walk).Sum(before => before.Size));
        }

        return sequences;
    }
}
