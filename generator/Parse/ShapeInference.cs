using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>A parameter whose shape is sought.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rank">1 for a vector, 2 for a matrix.</param>
/// <param name="Given">Its dimensions where the declaration says them; else null.</param>
public sealed record UnshapedParameter(string Name, int Rank, IReadOnlyList<Dim>? Given);

/// <summary>Which dimension of a value is meant.</summary>
public enum Axis
{
    Length,
    Rows,
    Columns,
}

/// <summary>Two uses want different sizes of one dimension.</summary>
/// <param name="Leaf">The input, state or parameter.</param>
/// <param name="Axis">Its dimension.</param>
/// <param name="Has">What it is by the first use.</param>
/// <param name="By">The value that is the first use; -1 where it is what it is by its declaration.</param>
/// <param name="Wanted">What the second use wants.</param>
/// <param name="At">The value that is the second use.</param>
/// <param name="IsResult">Whether the second use is being a result of the cell.</param>
public readonly record struct ShapeMismatch(Op Leaf, Axis Axis, Dim Has, int By, Dim Wanted, int At, bool IsResult);

/// <summary>A dimension that no use settles.</summary>
public readonly record struct OpenDimension(int Parameter, Axis Axis);

/// <summary>
/// Finds the shape of every value by unification: each dimension of each leaf is a variable, and each operation equates some of them.
/// </summary>
/// <remarks>
/// The input has the dimension <c>input</c>, states and results have <c>hidden</c>. These names and those of a declaration are sizes
/// of their own, equal to no other, with one exception: an equation may demand that the input has a certain number of elements (a row of
/// a table is looked up by one), and then <c>input</c> is that number.
/// </remarks>
public sealed class ShapeInference
{
    private readonly IReadOnlyList<Op> _ops;
    private readonly IReadOnlyList<UnshapedParameter> _parameters;
    private readonly Dictionary<Dim, Variable> _known = [];
    private readonly Dictionary<(OpKind, int, Axis), Variable> _leaves = [];
    private readonly List<ShapeMismatch> _mismatches = [];
    private readonly List<OpenDimension> _open = [];

    private ShapeInference(IReadOnlyList<Op> ops, IReadOnlyList<UnshapedParameter> parameters)
    {
        _ops = ops;
        _parameters = parameters;
    }

    /// <summary>Contradictions; where there are any, shapes are null.</summary>
    public IReadOnlyList<ShapeMismatch> Mismatches => _mismatches;

    /// <summary>What stayed open; where there is any, shapes are null.</summary>
    public IReadOnlyList<OpenDimension> Open => _open;

    /// <summary>The shape of each value.</summary>
    public IReadOnlyList<Shape>? ValueShapes { get; private set; }

    /// <summary>The shape of each parameter.</summary>
    public IReadOnlyList<Shape>? ParameterShapes { get; private set; }

    /// <summary>Infers the shapes of all values and parameters.</summary>
    /// <param name="ops">The values; their shapes are not read.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="results">The values that are results of the cell.</param>
    public static ShapeInference Infer(IReadOnlyList<Op> ops, IReadOnlyList<UnshapedParameter> parameters, IReadOnlyList<int> results)
    {
        ShapeInference inference = new(ops, parameters);
        inference.Infer(results);
        return inference;
    }

    private void Infer(IReadOnlyList<int> results)
    {
        for (int i = 0; i < _parameters.Count; i++)
        {
            Op leaf = new(OpKind.Parameter, i, Shape.Scalar);
            for (int axis = 0; axis < _parameters[i].Rank && _parameters[i].Given is { } given; axis++)
            {
                Equate(Leaf(leaf, AxisOf(i, axis)), Known(given[axis]), -1);
            }
        }

        // Rows and Columns of each value; null where it has no such dimension.
        (Variable? Rows, Variable? Columns)[] values = new (Variable?, Variable?)[_ops.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Apply(i, values);
        }

        foreach (int result in results)
        {
            if (values[result].Rows is { } length)
            {
                Equate(length, Known(Dim.Hidden), result, isResult: true);
            }
        }

        ParameterShapes = _parameters.Select((parameter, i) => parameter.Rank == 1
            ? Shape.Vector(Settled(i, Axis.Length))
            : Shape.Matrix(Settled(i, Axis.Rows), Settled(i, Axis.Columns))).ToList();
        ValueShapes = values.Select(value => value switch
        {
            (null, _) => Shape.Scalar,
            ({ } rows, null) => Shape.Vector(rows.Class.Bound ?? Dim.Hidden),
            ({ } rows, { } columns) => Shape.Matrix(rows.Class.Bound ?? Dim.Hidden, columns.Class.Bound ?? Dim.Hidden),
        }).ToList();
        if (_mismatches.Count > 0 || _open.Count > 0)
        {
            ParameterShapes = null;
            ValueShapes = null;
        }
    }

    private (Variable? Rows, Variable? Columns) Apply(int position, (Variable? Rows, Variable? Columns)[] values)
    {
        Op op = _ops[position];
        switch (op.Kind)
        {
            case OpKind.Constant:
                return (null, null);
            case OpKind.Input:
                return (Declared(op, Dim.Input), null);
            case OpKind.State:
                return (Declared(op, Dim.Hidden), null);
            case OpKind.Parameter:
                return _parameters[op.A].Rank == 1
                    ? (Leaf(op, Axis.Length), null)
                    : (Leaf(op, Axis.Rows), Leaf(op, Axis.Columns));
            case OpKind.Product:
                Equate(values[op.A].Columns!, values[op.B].Rows!, position);
                return (values[op.A].Rows, null);
            case OpKind.Row:
                Equate(values[op.B].Rows!, Known(new Dim(1)), position);
                return (values[op.A].Columns, null);
            default:
                if (!op.HasB)
                {
                    return values[op.A];
                }

                if (values[op.A].Rows is { } left && values[op.B].Rows is { } right)
                {
                    Equate(left, right, position);
                }

                return values[op.A].Rows is null ? values[op.B] : values[op.A];
        }
    }

    private Axis AxisOf(int parameter, int axis) =>
        _parameters[parameter].Rank == 1 ? Axis.Length : axis == 0 ? Axis.Rows : Axis.Columns;

    private Variable Declared(Op leaf, Dim dim)
    {
        Variable variable = Leaf(leaf, Axis.Length);
        Equate(variable, Known(dim), -1);
        return variable;
    }

    private Variable Leaf(Op leaf, Axis axis)
    {
        (OpKind, int, Axis) key = (leaf.Kind, leaf.A, axis);
        if (!_leaves.TryGetValue(key, out Variable? variable))
        {
            variable = new Variable(leaf, axis, null);
            _leaves.Add(key, variable);
        }

        return variable;
    }

    private Variable Known(Dim dim)
    {
        if (!_known.TryGetValue(dim, out Variable? variable))
        {
            variable = new Variable(null, Axis.Length, dim);
            _known.Add(dim, variable);
        }

        return variable;
    }

    private Dim Settled(int parameter, Axis axis)
    {
        Dim? bound = Leaf(new Op(OpKind.Parameter, parameter, Shape.Scalar), axis).Class.Bound;
        if (bound is null)
        {
            _open.Add(new OpenDimension(parameter, axis));
        }

        return bound ?? Dim.Hidden;
    }

    private void Equate(Variable left, Variable right, int at, bool isResult = false)
    {
        DimensionClass a = left.Class;
        DimensionClass b = right.Class;
        if (a == b)
        {
            return;
        }

        if (a.Bound is { } first && b.Bound is { } second && first != second && !Settles(first, second) && !Settles(second, first))
        {
            // The leaf that is told about: a parameter where there is one, for its shape is what is sought.
            bool tellRight = left.Leaf is null || (left.Leaf.Value.Kind != OpKind.Parameter && right.Leaf is { Kind: OpKind.Parameter });
            Variable told = tellRight ? right : left;
            if (told.Leaf is { } leaf)
            {
                _mismatches.Add(tellRight
                    ? new ShapeMismatch(leaf, told.Axis, second, told.BoundBy, first, at, isResult)
                    : new ShapeMismatch(leaf, told.Axis, first, told.BoundBy, second, at, isResult));
            }

            return;
        }

        Dim? bound = a.Bound is { } known && b.Bound is { } other
            ? (Settles(other, known) ? other : known)
            : a.Bound ?? b.Bound;
        foreach (DimensionClass side in new[] { a, b })
        {
            if (side.Bound != bound)
            {
                side.Members.ForEach(member => member.BoundBy = at);
            }
        }

        a.Bound = bound;
        a.Members.AddRange(b.Members);
        b.Members.ForEach(member => member.Class = a);
    }

    /// <summary>Whether the input's dimension becomes this number.</summary>
    private static bool Settles(Dim number, Dim name) => number.IsBound && name == Dim.Input;

    private sealed class Variable
    {
        public Variable(Op? leaf, Axis axis, Dim? bound)
        {
            Leaf = leaf;
            Axis = axis;
            Class = new DimensionClass { Bound = bound };
            Class.Members.Add(this);
        }

        public Op? Leaf { get; }

        public Axis Axis { get; }

        public DimensionClass Class { get; set; }

        /// <summary>The value at which this variable's size became known.</summary>
        public int BoundBy { get; set; } = -1;
    }

    /// <summary>Variables that are equal.</summary>
    private sealed class DimensionClass
    {
        public Dim? Bound { get; set; }

        public List<Variable> Members { get; } = [];
    }
}
