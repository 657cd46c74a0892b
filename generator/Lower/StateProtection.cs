using System.Linq;

namespace Recurrent.Gen.Lower;

/// <summary>
/// A state may be overwritten in the loop that computes it, unless other rows of that loop, or later loops, read what it was before: then it is
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

    /// <summary>Whether other rows of a loop, or later loops, read a place.</summary>
    private bool IsReadLater(Place place, int nest) => IsReadWhole(place, _plan.Nests[nest]) || IsReadBehind(place, nest);

    private bool IsReadBehind(Place place, int nest) =>
        _plan.Nests.Skip(nest + 1).Any(reader => IsReadWhole(place, reader) || IsReadByRow(place, reader));

    private bool IsReadWhole(Place place, Nest reader) =>
        reader.Sums.Any(sum => sum.Products.Any(product => _memory.LeafPlace(_plan.Graph.Ops[product].B) == place));

    private bool IsReadByRow(Place place, Nest reader) =>
        reader.Values.Any(value => _plan.Facts.Operands(value).Any(operand => _memory.LeafPlace(operand) == place))
        || reader.Stores.Any(store => store.Value >= 0 && _memory.LeafPlace(store.Value) == place);
}
