using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>Products of a loop that share their vector, so that one pass over the packed weights serves them all.</summary>
/// <param name="Vector">The value that they read.</param>
/// <param name="Products">Each sum and the product that it gets.</param>
/// <param name="Packed">Those of the products whose weights are packed; a transposed matrix is read as it is.</param>
public sealed record ProductLoop(int Vector, IReadOnlyList<(Sum Sum, int Product)> Products, IReadOnlyList<int> Packed)
{
    /// <summary>The packed products of the loop.</summary>
    public ProductLoop OnlyPacked => this with { Products = [.. Products.Where(product => Packed.Contains(product.Product))] };

    /// <summary>The other products of the loop.</summary>
    public ProductLoop NotPacked => this with { Products = [.. Products.Where(product => !Packed.Contains(product.Product))], Packed = [] };
}

/// <summary>
/// The order in which a loop reads its weights, which is the order in which they are packed: in each tile the vectors, block after block; then for
/// each product loop, term after term, each product's blocks.
/// </summary>
/// <param name="Vectors">Vectors of parameters.</param>
/// <param name="Loops">The product loops.</param>
public sealed record NestLayout(IReadOnlyList<int> Vectors, IReadOnlyList<ProductLoop> Loops)
{
    private HashSet<int> ReadByRow { get; init; } = [];

    /// <summary>Whether the element-wise part reads a vector.</summary>
    public bool IsReadByRow(int vector) => ReadByRow.Contains(vector);

    public static NestLayout Of(PassPlan plan, Nest nest)
    {
        OpGraph graph = plan.Graph;
        List<int> initials = nest.Sums.Select(s => s.Initial).Where(v => v >= 0 && plan.Facts.IsPacked(v)).ToList();
        List<int> byRow = nest.Values
            .SelectMany(v => graph.Ops[v].Operands)
            .Concat(nest.Stores.Select(s => s.Value))
            .Where(value => value >= 0 && plan.Facts.IsPacked(value))
            .ToList();
        return new NestLayout(initials.Concat(byRow).Distinct().ToList(), Group(graph, nest)) { ReadByRow = [.. byRow] };
    }

    /// <summary>Takes, again and again, the vector of the first pending product, and all sums whose next product reads the same vector.</summary>
    private static List<ProductLoop> Group(OpGraph graph, Nest nest)
    {
        List<ProductLoop> loops = [];
        Dictionary<Sum, int> next = nest.Sums.ToDictionary(s => s, _ => 0);
        while (nest.Sums.FirstOrDefault(s => next[s] < s.Products.Count) is Sum first)
        {
            int vector = graph.Ops[first.Products[next[first]]].B;
            List<(Sum, int)> products = [];
            foreach (Sum sum in nest.Sums)
            {
                if (next[sum] < sum.Products.Count && graph.Ops[sum.Products[next[sum]]].B == vector)
                {
                    products.Add((sum, sum.Products[next[sum]++]));
                }
            }

            loops.Add(new ProductLoop(vector, products, [.. products.Select(p => p.Item2).Where(p => graph.Ops[p].Kind == OpKind.Product)]));
        }

        return loops;
    }
}
