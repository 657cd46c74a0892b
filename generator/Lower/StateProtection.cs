using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>
/// A state may be overwritten in the loop that computes it, unless other elements of that loop, or later loops, read what it was before: then it is
/// kept elsewhere until the time step ends.
/// </summary>
public sealed class StateProtection(PassPlan plan, MemoryPlanner memory)
{
    private readonly PassPlan _plan = plan;
    private readonly MemoryPlanner _memory = memory;

    public void Protect()
    {
        for (int n = 0; n < _plan.Nests.Count; n++)
        {
            Nest nest = _plan.Nests[n];
            for (int s = 0; s < nest.Stores.Count; s++)
            {
                StorePlan store = nest.Stores[s];
                bool isState = _plan.Pointers.Exists(p =>
                    p.Name == store.Place.Pointer && p.Role is PointerRole.State or PointerRole.StateGradient);
                if (!isState || store.Value < 0 || !IsReadLater(store.Place, n))
                {
                    continue;
                }

                StorePlan? elsewhere = nest.Stores.Find(o => o.Value == store.Value
                    && _plan.Pointers.Exists(p => p.Name == o.Place.Pointer && p.Role is PointerRole.Output or PointerRole.Tape or PointerRole.Work or PointerRole.Scratch));
                if (elsewhere is null)
                {
                    nest.Stores[s] = new StorePlan(store.Value, _memory.NewScratch(store.Place.Length));
                    _plan.Copies.Add(new CopyPlan(nest, store.Value, nest.Stores[s].Place, store.Place, IsReadBehind(store.Place, n)));
                }
                else
                {
                    nest.Stores.RemoveAt(s--);
                    _plan.Copies.Add(new CopyPlan(nest, store.Value, elsewhere.Place, store.Place, IsReadBehind(store.Place, n)));
                }
            }
        }
    }

    private static bool Overlaps(Place a, Place b) =>
        a.Pointer == b.Pointer && a.Offset < b.Offset + b.Length && b.Offset < a.Offset + a.Length;

    /// <summary>Whether other elements of a loop, or later loops, read a place.</summary>
    private bool IsReadLater(Place place, int nest) =>
        Reads(_plan.Nests[nest]).Any(read => Overlaps(read.Place, place) && !(read.IsByElement && read.Place == place)) || IsReadBehind(place, nest);

    private bool IsReadBehind(Place place, int nest) =>
        _plan.Nests.Skip(nest + 1).Any(reader => Reads(reader).Any(read => Overlaps(read.Place, place)));

    /// <summary>What a nest reads from memory, and whether each of its elements reads its own one alone.</summary>
    private IEnumerable<(Place Place, bool IsByElement)> Reads(Nest nest)
    {
        IEnumerable<(int Value, bool IsByElement)> reads = nest.Sums.SelectMany(sum => sum.Products).Select(product => (_plan.Graph.Ops[product].B, false))
            .Concat(nest.Swaps.Select(swap => (_plan.Graph.Ops[swap].A, false)))
            .Concat(nest.Stores.Where(store => store.Value >= 0).Select(store => (store.Value, true)))
            .Concat(nest.MatrixSums.Select(sum => (_plan.Graph.Ops[sum].A, true)))
            .Concat(nest.Values.SelectMany(value => _plan.Facts.Operands(value).Select(operand => (operand, IsByElement(value)))));
        foreach ((int value, bool isByElement) in reads)
        {
            int read = _plan.Facts.Repeated(value);
            if (_plan.Places.TryGetValue(read, out Place place) && _plan.Graph.Ops[read].Shape.Rank > 0)
            {
                yield return (place, isByElement && read == value);
            }
        }
    }

    private bool IsByElement(int value) => _plan.Graph.Ops[value].IsElementwise;
}
