using System;
using System.Collections.Generic;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Writes a graph, value after value. Every value is built in its simplest form:
/// <list type="bullet">
/// <item>Shapes follow from the operands, which must fit.</item>
/// <item>A value that is there already is not built again: what is appended gives the position of the earlier one. Sums and products are
/// recognised with their operands exchanged too; the order that was written first stays.</item>
/// <item>Operations on numbers alone are computed. <c>x + 0</c>, <c>x - 0</c>, <c>1 x</c>, <c>x / 1</c> and <c>-(-x)</c> are x.
/// <c>0 x</c> is not 0: it is NaN where x is not finite, and has x's shape.</item>
/// <item>A scalar is spread as late as can be: an element-wise operation on what was spread reads the scalar.</item>
/// <item>Parts of vectors: a slice or a reduction of what it cannot change is that; a slice of a slice, of a padded vector or of one side of two
/// joined vectors is a slice of that; a padded vector that is padded again is padded once; and the sum of two vectors that are padded so that one
/// ends where the other begins is the padded, joined vector.</item>
/// <item>The sum of the elements of <c>-x</c> is less the sum of those of x.</item>
/// <item>All this leaves every value the same number, but for the sign of a zero to which 0 was added or that is a sum.</item>
/// <item>The first name that a value gets stays, even where the value was first built without one. A leaf never loses its name to another.
/// A number has none.</item>
/// </list>
/// </summary>
public sealed partial class GraphBuilder
{
    private readonly List<Op> _ops = [];
    private readonly List<string> _names = [];
    private readonly List<GraphOutput> _outputs = [];

    private readonly Dictionary<Op, int> _positions = [];

    /// <summary>The values so far.</summary>
    public int Count => _ops.Count;

    /// <summary>The value at a position.</summary>
    public Op this[int value] => _ops[value];

    public Shape ShapeOf(int value) => _ops[value].Shape;

    public int Input(Shape shape) => Intern(new Op(OpKind.Input, -1, shape));

    public int State(int number, Shape shape) => Intern(new Op(OpKind.State, number, shape));

    public int Parameter(int number, Shape shape) => Intern(new Op(OpKind.Parameter, number, shape));

    public int Number(double value) => Intern(Op.Number(value));

    public int Forward(int number, Shape shape) => Intern(new Op(OpKind.Forward, number, shape));

    public int Cotangent(int number, Shape shape) => Intern(new Op(OpKind.Cotangent, number, shape));

    /// <summary>Appends an operation whose operands are positions in this builder, or a leaf.</summary>
    /// <returns>The position of its value.</returns>
    public int Append(Op op)
    {
        if (op.IsLeaf)
        {
            return Intern(op);
        }

        // As its operands would have it, whatever the operation that is given says, but for the shapes that do not follow from them.
        Shape shape = ShapeRules.Of(op, ShapeOf(op.A), op.HasB ? ShapeOf(op.B) : default);
        Op canonical = op with
        {
            B = op.HasB || op.Kind == OpKind.Swap ? op.B : -1,
            Shape = shape,
            Constant = op.Kind is OpKind.Slice or OpKind.Pad or OpKind.Swap ? op.Constant : 0,
        };
        return Algebra.Fold(op.Kind, _ops[op.A], op.HasB ? _ops[op.B] : default) is { } number ? Number(number)
            : Simplest(canonical) ?? Intern(canonical);
    }

    /// <summary>Appends an operation of another graph.</summary>
    /// <param name="op">The operation; its operands are positions in that graph.</param>
    /// <param name="positions">Where the values of that graph stand in this one.</param>
    /// <returns>The position of its value.</returns>
    public int Append(Op op, IReadOnlyList<int> positions) => Append(op.Reading(positions));

    /// <summary>Names a value, unless it has a name or is a number.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">Its name; "" changes nothing.</param>
    public void Name(int value, string name)
    {
        if (_names[value].Length == 0 && _ops[value].Kind != OpKind.Constant)
        {
            _names[value] = name;
        }
    }

    /// <summary>The name of a value, "" where it has none.</summary>
    public string NameOf(int value) => _names[value];

    /// <summary>Adds a value to what the graph gives.</summary>
    public void Output(OutputKind kind, int index, int value) => _outputs.Add(new GraphOutput(kind, index, value));

    /// <summary>The graph of the outputs: the values that they need, in the order in which they were built. What nothing needs, leaves too, is not in it.</summary>
    public OpGraph Build() => Liveness.Trim(_ops, _names, _outputs);

    private int Intern(Op op)
    {
        bool exchange = op.Kind is OpKind.Add or OpKind.Multiply && op.A > op.B;
        Op key = exchange ? op with { A = op.B, B = op.A } : op;
        if (!_positions.TryGetValue(key, out int position))
        {
            position = _ops.Count;
            _positions.Add(key, position);
            _ops.Add(op);
            _names.Add("");
        }

        return position;
    }
}
