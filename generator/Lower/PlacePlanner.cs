using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Gives a place in memory to every vector and matrix that another nest reads, or that is read whole. Parts of vectors, and vectors one behind the other,
/// are computed by nobody: they lie where what they are made of lies, which is put there by the nest that computes it.
/// </summary>
/// <param name="plan">The plan, with its nests and what they write.</param>
/// <param name="memory">The layout of the memory.</param>
/// <param name="levels">The levels of the values.</param>
/// <param name="nestOf">Finds the nest in which a value can be written elsewhere.</param>
public sealed class PlacePlanner(PassPlan plan, MemoryPlanner memory, Levels levels, Func<int, Nest> nestOf)
{
    private readonly OpGraph _graph = plan.Graph;
    private readonly Dictionary<int, Nest> _homes = [];

    public void Place()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            if (memory.LeafPlace(v) is Place leaf)
            {
                plan.Places[v] = leaf;
            }
        }

        foreach (Nest nest in plan.Nests)
        {
            foreach (int value in nest.Values.Concat(nest.MatrixSums).Concat(nest.Swaps).Concat(nest.Sums.Select(s => s.Value)).Where(v => _graph.Ops[v].Shape.Rank > 0))
            {
                _homes[value] = nest;
            }
        }

        PlaceComposed();
        PlaceHandedOver();
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            if (_graph.Ops[v].Kind == OpKind.Slice && plan.Places.TryGetValue(_graph.Ops[v].A, out Place whole))
            {
                plan.Places[v] = Part(whole, (int)_graph.Ops[v].Constant, _graph.Ops[v].Shape.Length);
            }
        }

        PlaceWholeVectors();
    }

    private static Place Part(Place whole, int start, int length) => new(whole.Pointer, whole.Offset + start, length);

    /// <summary>From the longest to what they are made of, so that a vector is computed where it is wanted last.</summary>
    private void PlaceComposed()
    {
        HashSet<int> live = [.. plan.Nests.SelectMany(ReadBy)];
        for (int v = _graph.Ops.Count - 1; v >= 0; v--)
        {
            Op op = _graph.Ops[v];
            if (!plan.Facts.IsView(v) || !live.Contains(v))
            {
                continue;
            }

            live.UnionWith(op.Operands);
            if (op.Kind == OpKind.Slice)
            {
                continue;
            }

            if (!plan.Places.TryGetValue(v, out Place place))
            {
                plan.Places[v] = place = memory.NewScratch(op.Shape.Length);
            }

            int first = op.Kind == OpKind.Pad ? (int)op.Constant : 0;
            int end = first;
            foreach (int operand in op.Operands)
            {
                int length = _graph.Ops[operand].Shape.Length;
                Put(operand, Part(place, end, length));
                end += length;
            }

            Clear(v, Part(place, 0, first));
            Clear(v, Part(place, end, op.Shape.Length - end));
        }
    }

    /// <summary>Has a vector written to a place: computed there, if it has no place yet, else copied.</summary>
    private void Put(int value, Place place)
    {
        bool isComposed = plan.Facts.IsView(value) && _graph.Ops[value].Kind != OpKind.Slice;
        if (plan.Places.ContainsKey(value) || !(isComposed || _homes.ContainsKey(value)))
        {
            nestOf(value).Stores.Add(new StorePlan(value, place));
            return;
        }

        plan.Places[value] = place;
        if (!isComposed && !IsWritten(value))
        {
            _homes[value].Stores.Add(new StorePlan(value, place));
        }
    }

    private void Clear(int padded, Place place)
    {
        if (place.Length > 0)
        {
            int inner = _graph.Ops[padded].A;
            Nest nest = plan.Nests.Find(n => n.Level == levels[inner] && n.Shape == Shape.Vector(place.Length) && !n.IsForInput)
                ?? NewNest(levels[inner], Shape.Vector(place.Length));
            nest.Stores.Add(new StorePlan(-1, place));
        }
    }

    private Nest NewNest(int level, Shape shape)
    {
        Nest nest = new(level, shape, isForInput: false);
        plan.Insert(nest);
        return nest;
    }

    private void PlaceHandedOver()
    {
        foreach (KeyValuePair<int, Nest> home in _homes)
        {
            if (_graph.Ops[home.Key].Kind == OpKind.RowSums)
            {
                plan.RowSumPartials[home.Key] = memory.NewScratch(Arithmetic.NominalLanes);
            }

            bool isWritten = IsWritten(home.Key);
            bool isHandedOver = isWritten || levels.IsReadWhole(home.Key)
                || plan.Nests.Any(nest => nest != home.Value && ReadBy(nest).Contains(home.Key));
            if (isHandedOver && !plan.Places.ContainsKey(home.Key))
            {
                Place place = memory.NewScratch(_graph.Ops[home.Key].Shape.Length);
                plan.Places[home.Key] = place;
                if (!isWritten)
                {
                    home.Value.Stores.Add(new StorePlan(home.Key, place));
                }
            }
        }
    }

    private void PlaceWholeVectors()
    {
        IEnumerable<int> products = plan.Nests.SelectMany(nest => nest.Sums).SelectMany(sum => sum.Products);
        foreach (int vector in products.Where(product => plan.Weights.IsWhole && _graph.Ops[product].Kind == OpKind.Product).Select(product => _graph.Ops[product].B).Distinct())
        {
            plan.WholeVectors[vector] = memory.NewScratch(WholeVector.Floats(_graph.Ops[vector].Shape.Length));
        }
    }

    /// <summary>Whether the loop that computes a value writes it to memory in any case.</summary>
    private bool IsWritten(int value) => plan.Facts.IsMatrixSum(value) || plan.Facts.IsSwap(value);

    /// <summary>What a nest reads, its own values among it.</summary>
    private IEnumerable<int> ReadBy(Nest nest) => nest.Values.Concat(nest.MatrixSums).Concat(nest.Swaps).SelectMany(plan.Facts.Operands)
        .Concat(nest.Sums.SelectMany(sum => sum.Products).Select(product => _graph.Ops[product].B))
        .Concat(nest.Stores.Select(store => store.Value).Where(value => value >= 0))
        .Select(plan.Facts.Repeated);
}
