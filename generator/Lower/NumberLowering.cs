using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Turns a nest of scalars into statements. Each is a local that has the number in all lanes, so that the loops behind can use it as it is, and it is computed
/// by the functions that vectors are computed by. Of threads that share a pass, each computes them, and the first writes them when all have read what was there.
/// </summary>
public sealed class NumberLowering(PassPlan plan, Nest nest, ParameterLayout layout) : ILowering
{
    public bool IsOneTile => true;

    public List<StorePlan> Stores { get; } = [.. nest.Stores];

    public IEnumerable<Statement> Lower()
    {
        BlockLowering block = new(plan, nest, Stores, layout, [], 0, 0, 0);
        foreach (int value in nest.Values)
        {
            Op op = plan.Graph.Ops[value];
            string name = BlockLowering.NumberName(plan, value);
            IEnumerable<Statement> statements = op.Kind switch
            {
                OpKind.Sum or OpKind.Greatest => [new Declare(name, Fold.Of(op.Kind, plan.Places[op.A]))],
                _ when op.IsLeaf => [new Declare(name, new Splat(At(plan.Places[value])))],
                _ => block.Number(value),
            };
            foreach (Statement statement in statements)
            {
                yield return statement;
            }
        }

        IEnumerable<Statement> stores = Stores.Select(store => new Store(At(store.Place), store.Value < 0 ? new Number(0f) : block.Operand(store.Value), Lanes: 1));
        foreach (Statement statement in plan.IsShared && Stores.Count > 0 ? [new Meet(), new FirstAlone(stores)] : stores)
        {
            yield return statement;
        }
    }

    private static Address At(Place place) => new(place.Pointer, place.Offset);
}
