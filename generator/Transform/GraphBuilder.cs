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
/// <item>Operations on numbers alone are computed. <c>x + 0</c>, <c>x - 0</c>, <c>1 x</c> and <c>-(-x)</c> are x.
/// (<c>-0 + 0</c> is then -0, not 0: the only value that differs.) <c>0 x</c> is not 0: it is NaN where x is not finite, and has x's shape.</item>
/// <item>The first name that a value gets stays, even where the value was first built without one. A leaf never loses its name to another.
/// A number has none.</item>
/// </list>
/// </summary>
public sealed class GraphBuilder
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

    public int Add(int a, int b) => Algebra.IsNumber(this, b, 0) ? a : Algebra.IsNumber(this, a, 0) ? b : Compute(OpKind.Add, a, b);

    public int Subtract(int a, int b) => Algebra.IsNumber(this, b, 0) ? a : Compute(OpKind.Subtract, a, b);

    public int Multiply(int a, int b) => Algebra.IsNumber(this, b, 1) ? a : Algebra.IsNumber(this, a, 1) ? b : Compute(OpKind.Multiply, a, b);

    public int Negate(int a) => _ops[a].Kind == OpKind.Negate ? _ops[a].A : Compute(OpKind.Negate, a);

    public int Sigmoid(int a) => Compute(OpKind.Sigmoid, a);

    public int Tanh(int a) => Compute(OpKind.Tanh, a);

    public int Relu(int a) => Compute(OpKind.Relu, a);

    public int Positive(int a) => Compute(OpKind.Positive, a);

    /// <summary>The activation that a setting of the cell names.</summary>
    public int Activate(int a, int setting) => Intern(new Op(OpKind.Activate, a, setting, ShapeRules.Of(OpKind.Activate, ShapeOf(a))));

    public int Product(int matrix, int vector) => Compute(OpKind.Product, matrix, vector);

    public int TransposedProduct(int matrix, int vector) => Compute(OpKind.TransposedProduct, matrix, vector);

    public int Outer(int a, int b) => Compute(OpKind.Outer, a, b);

    public int Row(int matrix, int index) => Compute(OpKind.Row, matrix, index);

    /// <summary>The matrix of a shape that is 0 but for one row.</summary>
    public int RowGradient(int row, int index, Shape matrix) =>
        Intern(new Op(OpKind.RowGradient, row, index, ShapeRules.OfRowGradient(ShapeOf(row), ShapeOf(index), matrix)));

    /// <summary>Appends an operation whose operands are positions in this builder, or a leaf.</summary>
    /// <returns>The position of its value.</returns>
    public int Append(Op op) => op.Kind switch
    {
        _ when op.IsLeaf => Intern(op),
        OpKind.Add => Add(op.A, op.B),
        OpKind.Subtract => Subtract(op.A, op.B),
        OpKind.Multiply => Multiply(op.A, op.B),
        OpKind.Negate => Negate(op.A),
        OpKind.Activate => Activate(op.A, op.B),
        OpKind.RowGradient => RowGradient(op.A, op.B, op.Shape),
        _ => op.HasB ? Compute(op.Kind, op.A, op.B) : Compute(op.Kind, op.A),
    };

    /// <summary>Appends an operation of another graph.</summary>
    /// <param name="op">The operation; its operands are positions in that graph.</param>
    /// <param name="positions">Where the values of that graph stand in this one.</param>
    /// <returns>The position of its value.</returns>
    public int Append(Op op, IReadOnlyList<int> positions) => Append(op with
    {
        A = op.HasA ? positions[op.A] : op.A,
        B = op.HasB ? positions[op.B] : op.B,
    });

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
    public OpGraph Build()
    {
        bool[] live = Liveness.Of(_ops, _outputs);
        int[] positions = new int[_ops.Count];
        List<Op> ops = [];
        List<string> names = [];
        for (int i = 0; i < live.Length; i++)
        {
            if (live[i])
            {
                Op op = _ops[i];
                positions[i] = ops.Count;
                ops.Add(op with { A = op.HasA ? positions[op.A] : op.A, B = op.HasB ? positions[op.B] : op.B });
                names.Add(_names[i]);
            }
        }

        GraphOutput[] outputs = [.. _outputs];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = outputs[i] with { Value = positions[outputs[i].Value] };
        }

        return new OpGraph(ops.ToEquatableArray(), names.ToEquatableArray(), outputs.ToEquatableArray());
    }

    private int Compute(OpKind kind, int a)
    {
        Shape shape = ShapeRules.Of(kind, ShapeOf(a));
        return Algebra.Fold(kind, _ops[a], default) is { } number ? Number(number) : Intern(new Op(kind, a, shape));
    }

    private int Compute(OpKind kind, int a, int b)
    {
        Shape shape = ShapeRules.Of(kind, ShapeOf(a), ShapeOf(b));
        return Algebra.Fold(kind, _ops[a], _ops[b]) is { } number ? Number(number) : Intern(new Op(kind, a, b, shape));
    }

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
