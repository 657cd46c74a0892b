using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>
/// Finds the shape of every value by unification: each dimension of each leaf is a variable, and each operation equates some of them.
/// </summary>
/// <remarks>
/// The input has the dimension <c>input</c>, states have <c>hidden</c> or what they declare, and so has a result that nothing else settles.
/// These names and those of a declaration are sizes of their own. What follows from sizes that are not known yet (the length of
/// a vector behind another, a slice) waits until they are.
/// </remarks>
internal sealed partial class ShapeInference
{
    private readonly CellEquations _cell;
    private readonly Choices _choices;
    private readonly Func<string, long?> _size;
    private readonly Unification _unification = new();
    private readonly Dictionary<(OpKind, int), Dimension[]> _leaves = [];
    private readonly Dimension[][] _values;
    private readonly Quantity?[] _numbers;
    private readonly bool[] _counts;
    private readonly List<Func<bool>> _waiting = [];
    private readonly List<BindingFault> _faults = [];

    private ShapeInference(CellEquations cell, Choices choices, Func<string, long?> size)
    {
        _cell = cell;
        _choices = choices;
        _size = size;
        _values = new Dimension[choices.Ops.Count][];
        _numbers = new Quantity?[choices.Ops.Count];
        _counts = new bool[choices.Ops.Count];
    }

    public IReadOnlyList<ShapeMismatch> Mismatches => _unification.Mismatches;

    public IReadOnlyList<BindingFault> Faults => _faults;

    /// <summary>The numbers that are known up to the names of sizes: what slices count with.</summary>
    public IReadOnlyList<Quantity?> Counts => _numbers;

    /// <summary>Infers the shapes of all values and leaves.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="choices">Its equations.</param>
    /// <param name="size">The size of a name, where it is known.</param>
    public static ShapeInference Infer(CellEquations cell, Choices choices, Func<string, long?> size)
    {
        ShapeInference inference = new(cell, choices, size);
        try
        {
            inference.Infer();
        }
        catch (OverflowException)
        {
            inference._faults.Add(new BindingFault(-1, null, "its sizes are too large"));
        }

        return inference;
    }

    /// <summary>The dimensions of a value; null where one stayed open.</summary>
    public Quantity?[] SizesOf(int value) => [.. _values[value].Select(dimension => dimension.Size)];

    /// <summary>The dimensions of a leaf; null where one stayed open.</summary>
    public Quantity?[] SizesOf(OpKind kind, int number) => [.. Leaf(kind, number).Select(dimension => dimension.Size)];

    private void Infer()
    {
        for (int i = 0; i < _cell.States.Count; i++)
        {
            if (_cell.States[i].Initial is int initial and >= 0)
            {
                Same(Leaf(OpKind.Parameter, initial), Leaf(OpKind.State, i), -1);
            }
        }

        // Parameters with a declaration come first: what is declared is known to every use.
        foreach (Op op in _choices.Ops.Where(op => op.Kind == OpKind.Parameter))
        {
            Leaf(OpKind.Parameter, op.A);
        }

        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = Apply(i, _choices.Ops[i]);
            Settle();
        }

        foreach (GraphOutput output in _choices.Outputs.Where(output => output.Kind == OutputKind.NextState))
        {
            int at = _choices.Origins[output.Value];
            if (Ranked(output.Value, _cell.States[output.Index].Rank, at))
            {
                Same(_values[output.Value], Leaf(OpKind.State, output.Index), at, isResult: true);
                Settle();
            }
        }

        foreach (GraphOutput output in _choices.Outputs.Where(output => output.Kind == OutputKind.Output))
        {
            int at = _choices.Origins[output.Value];
            if (Ranked(output.Value, 1, at) && _values[output.Value][0].Size is null)
            {
                _unification.Equate(_values[output.Value][0], _unification.Known(Evaluate(Dim.Hidden.Name!, null)), at, isResult: true);
                Settle();
            }
        }
    }

    /// <summary>Tries what waits for a size, until nothing more follows.</summary>
    private void Settle()
    {
        while (_waiting.RemoveAll(constraint => constraint()) > 0)
        {
        }
    }

    private void When(Func<bool> constraint) => _waiting.Add(constraint);

    private Dimension[] Leaf(OpKind kind, int number)
    {
        if (_leaves.TryGetValue((kind, number), out Dimension[]? known))
        {
            return known;
        }

        (int rank, IReadOnlyList<string> declared) = kind switch
        {
            OpKind.State when _cell.States[number] is { } state =>
                (state.Rank, state.Dimensions.Count > 0 ? state.Dimensions : (IReadOnlyList<string>)[.. Enumerable.Repeat(Dim.Hidden.Name!, state.Rank)]),
            OpKind.Parameter => (_cell.Parameters[number].Rank, _cell.Parameters[number].Dimensions),
            _ => (1, [Dim.Input.Name!]),
        };
        Op leaf = new(kind, number, Shape.Scalar);
        Dimension[] dimensions = [.. Enumerable.Range(0, rank).Select(axis => new Dimension(leaf, AxisOf(rank, axis)))];
        _leaves.Add((kind, number), dimensions);
        if (declared.Count != rank && declared.Count > 0)
        {
            _faults.Add(new BindingFault(-1, leaf, FormattableString.Invariant($"it has {declared.Count} declared dimensions, and {rank} are wanted")));
            return dimensions;
        }

        for (int axis = 0; axis < declared.Count; axis++)
        {
            _unification.Equate(dimensions[axis], _unification.Known(Evaluate(declared[axis], leaf)), -1);
        }

        return dimensions;
    }

    /// <summary>A declared dimension; a name of its own where there is a problem, which is noted.</summary>
    private Quantity Evaluate(string text, Op? leaf)
    {
        try
        {
            Quantity quantity = DimensionExpression.Parse(text).Evaluate(_size);
            if (quantity.ToDim() is not null)
            {
                return quantity;
            }

            _faults.Add(new BindingFault(-1, leaf, $"its dimension '{text}' is {quantity.Shown}; a whole number of at least 1 is wanted"));
        }
        catch (FormatException broken)
        {
            _faults.Add(new BindingFault(-1, leaf, $"its dimension '{text}' is none: {broken.Message}"));
        }

        return Quantity.Of("?" + text);
    }

    private bool Ranked(int value, int rank, int at)
    {
        int given = _values[value].Length;
        if (given != rank)
        {
            _faults.Add(new BindingFault(at, null, $"it is {RankName(given)}, and {RankName(rank)} is wanted"));
        }

        return given == rank;
    }

    private void Same(Dimension[] left, Dimension[] right, int at, bool isResult = false)
    {
        for (int axis = 0; axis < left.Length && axis < right.Length; axis++)
        {
            _unification.Equate(left[axis], right[axis], at, isResult);
        }
    }

    private static string RankName(int rank) => rank switch
    {
        0 => "a number",
        1 => "a vector",
        _ => "a matrix",
    };

    public static Axis AxisOf(int rank, int axis) => rank == 1 ? Axis.Length : axis == 0 ? Axis.Rows : Axis.Columns;
}
