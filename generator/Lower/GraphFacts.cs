using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>What lowering must know of a graph's values: who reads them, which are computed at load, and which are sums of products.</summary>
public sealed class GraphFacts
{
    private readonly OpGraph _graph;
    private readonly int[] _uses;
    private readonly HashSet<int> _loadTime = [];
    private readonly HashSet<int> _absorbed = [];
    private readonly Dictionary<int, Sum> _sums = [];

    /// <summary>Looks at a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="hasLoadTime">Whether what reads parameters alone is computed at load, and not where it is read.</param>
    public GraphFacts(OpGraph graph, bool hasLoadTime)
    {
        _graph = graph;
        _uses = new int[graph.Ops.Count];
        CountUses();
        if (hasLoadTime)
        {
            FindLoadTime();
        }

        FindSums();
    }

    /// <summary>How many values read a value; reads by the tape do not count, so that they cannot change a rounding.</summary>
    public int Uses(int value) => _uses[value];

    /// <summary>Whether a value reads parameters alone and is computed at load.</summary>
    public bool IsLoadTime(int value) => _loadTime.Contains(value);

    /// <summary>Whether a value is only a part of a sum.</summary>
    public bool IsAbsorbed(int value) => _absorbed.Contains(value);

    /// <summary>The sum that a value is, or null.</summary>
    public Sum? SumOf(int value) => _sums.TryGetValue(value, out Sum sum) ? sum : null;

    public bool IsProduct(int value) => _graph.Ops[value].Kind is OpKind.Product or OpKind.TransposedProduct;

    /// <summary>Whether a value is a part of others, or others one behind the other, and so lies in memory without being computed.</summary>
    public bool IsView(int value) => _graph.Ops[value].Kind is OpKind.Slice or OpKind.Concat or OpKind.Pad;

    /// <summary>Whether a value is the sum of the rows or the columns of a matrix.</summary>
    public bool IsMatrixSum(int value) => _graph.Ops[value].Kind is OpKind.RowSums or OpKind.ColumnSums;

    /// <summary>Whether a value is one number that a time step computes from all elements of another value.</summary>
    public bool IsReduction(int value) => _graph.Ops[value].Kind is OpKind.Sum or OpKind.Greatest;

    public IEnumerable<int> Operands(int value) => _graph.Ops[value].Operands;

    private void CountUses()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            foreach (int operand in Operands(v))
            {
                _uses[operand]++;
            }
        }

        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind != OutputKind.Saved))
        {
            _uses[output.Value]++;
        }
    }

    /// <summary>
    /// Parameters, and what is computed from them row by row. A product reads its whole vector from memory, and packed values lie there tile by
    /// tile: an expression that a product reads is computed in the time step.
    /// </summary>
    private void FindLoadTime()
    {
        HashSet<int> readWhole = [.. _graph.Ops.Where(op => op.Kind is OpKind.Product or OpKind.TransposedProduct or OpKind.Row).Select(op => op.B)];
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            Op op = _graph.Ops[v];
            bool isParameter = op.Kind == OpKind.Parameter && op.Shape.Rank == 1;
            bool isExpression = op.IsElementwise && !readWhole.Contains(v) && Operands(v).Any(_loadTime.Contains)
                && Operands(v).All(o => _loadTime.Contains(o) || _graph.Ops[o].Kind == OpKind.Constant);
            if (isParameter || isExpression)
            {
                _loadTime.Add(v);
            }
        }
    }

    /// <summary>
    /// A chain of additions that ends in products, each read by the chain alone, is one sum: it begins with what is known at load, or with 0, and the
    /// products are added in the order of the chain.
    /// </summary>
    private void FindSums()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            Op op = _graph.Ops[v];
            if (op.Shape.Rank != 1)
            {
                continue;
            }

            if (IsProduct(v))
            {
                _sums[v] = new Sum(v, -1, [v]);
            }
            else if (op.Kind == OpKind.Add && IsProduct(op.B) && _uses[op.B] == 1)
            {
                if (_loadTime.Contains(op.A))
                {
                    Absorb(op.B);
                    _sums[v] = new Sum(v, op.A, [op.B]);
                }
                else if (_sums.TryGetValue(op.A, out Sum before) && _uses[op.A] == 1)
                {
                    Absorb(op.A);
                    Absorb(op.B);
                    _sums[v] = new Sum(v, before.Initial, [.. before.Products, op.B]);
                }
            }
        }
    }

    private void Absorb(int value)
    {
        _sums.Remove(value);
        _absorbed.Add(value);
    }
}
