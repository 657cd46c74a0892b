using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>
/// When each value of a time step can be computed. An element-wise value needs only its own element of its operands; a product, a reduction or a
/// part of a vector needs all elements, so that what it reads must lie in memory before its loop begins: it is a level higher.
/// </summary>
public sealed class Levels
{
    private readonly OpGraph _graph;
    private readonly GraphFacts _facts;
    private readonly int[] _levels;
    private readonly HashSet<int> _readWhole = [];
    private readonly bool[] _isFree;

    public Levels(OpGraph graph, GraphFacts facts)
    {
        _graph = graph;
        _facts = facts;
        _levels = new int[graph.Ops.Count];
        for (int v = 0; v < _levels.Length; v++)
        {
            _levels[v] = Level(v);
        }

        _isFree = new bool[_levels.Length];
        Defer();
    }

    /// <summary>The level of a value.</summary>
    public int this[int value] => _levels[value];

    /// <summary>Whether some value reads all elements of this one.</summary>
    public bool IsReadWhole(int value) => _readWhole.Contains(value);

    /// <summary>
    /// What is computed element by element from leaves and numbers alone waits for the first loop that reads it so: it need not be kept until then. What
    /// the tape keeps has no say, so that both forward passes compute everything at one place.
    /// </summary>
    private void Defer()
    {
        int[] firstReads = new int[_levels.Length];
        bool[] isReadByElement = new bool[_levels.Length];
        for (int v = 0; v < _levels.Length; v++)
        {
            firstReads[v] = int.MaxValue;
            Op op = _graph.Ops[v];
            _isFree[v] = op.IsLeaf || op.Shape.Rank == 0 || _facts.IsRepeated(v) || (op.IsElementwise && op.Operands.All(IsAtHand));
        }

        foreach (GraphOutput output in _graph.Outputs.Where(output => output.Kind != OutputKind.Saved))
        {
            firstReads[output.Value] = 0;
        }

        for (int v = _levels.Length - 1; v >= 0; v--)
        {
            Op op = _graph.Ops[v];
            bool waits = firstReads[v] < int.MaxValue && firstReads[v] > _levels[v]
                && (_facts.IsRepeated(v) || (op.IsElementwise && op.Shape.Rank > 0 && _isFree[v] && isReadByElement[v]));
            if (waits)
            {
                _levels[v] = firstReads[v];
            }

            foreach (int operand in op.Operands)
            {
                bool isByElement = op.IsElementwise && op.Shape == _graph.Ops[operand].Shape;
                int read = isByElement || _facts.IsRepeated(v) ? _levels[v] : _levels[v] - 1;
                isReadByElement[operand] = read < firstReads[operand] ? isByElement : isReadByElement[operand] || (isByElement && read == firstReads[operand]);
                firstReads[operand] = System.Math.Min(firstReads[operand], read);
            }
        }
    }

    /// <summary>Whether what reads a value can wait without the value being kept: it is in memory, or waits too.</summary>
    private bool IsAtHand(int value)
    {
        Op op = _graph.Ops[value];
        return op.IsLeaf || op.Shape.Rank == 0 || _facts.IsRepeated(value) || (_isFree[value] && _facts.Uses(value) == 1);
    }

    private bool IsMaskedState(Op op) =>
        op.Kind == OpKind.Multiply && _graph.Ops[op.A].Kind == OpKind.State && _graph.Ops[op.B].Kind == OpKind.Mask;

    private int Level(int value)
    {
        Op op = _graph.Ops[value];
        if (op.IsLeaf)
        {
            return 0;
        }

        if (IsMaskedState(op) && LaneNames.Readers(_graph, value).Any(_facts.IsProduct))
        {
            // In front of everything else, so that its products stand in the same loops as those of a state that is not masked.
            return -1;
        }

        if (_facts.IsProduct(value) || op.Kind == OpKind.Row)
        {
            return Whole(op.B);
        }

        if (_facts.IsReduction(value) || op.Kind == OpKind.Slice)
        {
            return Whole(op.A);
        }

        if (_facts.IsSwap(value))
        {
            // Its loop runs when its operand lies in memory, and what reads it comes behind.
            return Whole(op.A) + 1;
        }

        // A loop over a matrix adds its rows and columns by the way; a vector is put into a longer one by the loop that computes it.
        int level = _facts.Operands(value).Max(operand => _levels[operand]);
        return _facts.IsMatrixSum(value) || _facts.IsView(value) ? level + 1 : level;
    }

    /// <summary>The first level at which all elements of a value lie in memory.</summary>
    private int Whole(int value)
    {
        _readWhole.Add(value);
        bool isThere = _graph.Ops[value].IsLeaf || _facts.IsView(value) || _facts.IsMatrixSum(value) || _facts.IsSwap(value);
        return isThere ? _levels[value] : _levels[value] + 1;
    }
}
