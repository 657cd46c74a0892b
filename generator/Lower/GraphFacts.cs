using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>What lowering must know of a graph's values: who reads them, which are packed, and which are sums of products.</summary>
public sealed class GraphFacts
{
    private readonly OpGraph _graph;
    private readonly int[] _uses;
    private readonly HashSet<int> _absorbed = [];
    private readonly HashSet<int> _readWhole = [];
    private readonly Dictionary<int, Sum> _sums = [];

    /// <summary>Looks at a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="hasPackedVectors">Whether vectors of parameters are read from the packed weights, row by row, and not as they are.</param>
    public GraphFacts(OpGraph graph, bool hasPackedVectors)
    {
        _graph = graph;
        HasPackedVectors = hasPackedVectors;
        _uses = new int[graph.Ops.Count];
        CountUses();
        FindSums();
    }

    /// <summary>Whether vectors of parameters are read from the packed weights.</summary>
    public bool HasPackedVectors { get; }

    /// <summary>How many values read a value; reads by the tape do not count, so that they cannot change a rounding.</summary>
    public int Uses(int value) => _uses[value];

    /// <summary>Whether a value is a vector of parameters that rows read from the packed weights.</summary>
    public bool IsPacked(int value) => HasPackedVectors && _graph.Ops[value] is { Kind: OpKind.Parameter, Shape.Rank: 1 };

    /// <summary>Whether a value is only a part of a sum.</summary>
    public bool IsAbsorbed(int value) => _absorbed.Contains(value);

    /// <summary>The sum that a value is, or null.</summary>
    public Sum? SumOf(int value) => _sums.TryGetValue(value, out Sum sum) ? sum : null;

    public bool IsProduct(int value) => _graph.Ops[value].Kind is OpKind.Product or OpKind.TransposedProduct;

    /// <summary>Whether a value is a part of others, or others one behind the other, and so lies in memory without being computed.</summary>
    public bool IsView(int value) => _graph.Ops[value].Kind is OpKind.Slice or OpKind.Concat or OpKind.Pad;

    /// <summary>Whether a value is a matrix that repeats a number or a vector, and is never there itself: whoever reads it reads that.</summary>
    public bool IsRepeated(int value) =>
        _graph.Ops[value] is { Kind: OpKind.Spread or OpKind.SpreadRows or OpKind.SpreadColumns, Shape.Rank: 2 } && !_readWhole.Contains(value);

    /// <summary>What is read in place of a value: of a matrix that repeats a number or a vector, that.</summary>
    public int Repeated(int value) => IsRepeated(value) ? _graph.Ops[value].A : value;

    /// <summary>Whether a value is the sum of the rows or the columns of a matrix.</summary>
    public bool IsMatrixSum(int value) => _graph.Ops[value].Kind is OpKind.RowSums or OpKind.ColumnSums;

    /// <summary>Whether a value has the elements of another in another order, and so is written to memory by a loop of its own.</summary>
    public bool IsSwap(int value) => _graph.Ops[value].Kind == OpKind.Swap;

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
                if (!_graph.Ops[v].IsElementwise && !IsMatrixSum(v))
                {
                    _readWhole.Add(operand);
                }
            }
        }

        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind != OutputKind.Saved))
        {
            _uses[output.Value]++;
        }
    }

    /// <summary>
    /// A chain of additions that ends in products, each read by the chain alone, is one sum: it begins with a packed vector, or with 0, and the
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
                if (IsPacked(op.A) || _graph.Ops[op.A].Kind == OpKind.Hoisted)
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
