using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Writes the chosen equations of a cell with the operations that a bound cell has.</summary>
internal sealed partial class CanonicalForm
{
    private readonly CellEquations _cell;
    private readonly Choices _choices;
    private readonly ShapeInference _shapes;
    private readonly BoundShapes _bound;
    private readonly List<Op> _ops = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>Where each value of the equations stands, and whether it is the transpose of what stands there.</summary>
    private readonly (int Value, bool IsTransposed)[] _positions;

    public CanonicalForm(CellEquations cell, Choices choices, ShapeInference shapes, BoundShapes bound)
    {
        _cell = cell;
        _choices = choices;
        _shapes = shapes;
        _bound = bound;
        _positions = new (int, bool)[choices.Ops.Count];
    }

    /// <summary>The cell; what is wrong with it is added to the faults of the shapes.</summary>
    public CellGraph Write()
    {
        for (int i = 0; i < _positions.Length; i++)
        {
            _positions[i] = Write(i, _choices.Ops[i], _bound.Of(i));
            if (_names[_positions[i].Value].Length == 0)
            {
                _names[_positions[i].Value] = _choices.Names[i];
            }
        }

        GraphOutput[] outputs = [.. _choices.Outputs.Select(output => output with { Value = Plain(_positions[output.Value], _choices.Origins[output.Value]) })];
        return Trim(outputs);
    }

    private (int Value, bool IsTransposed) Write(int value, Op op, Shape shape)
    {
        (int Value, bool IsTransposed) a = op.HasA ? _positions[op.A] : (op.A, false);
        (int Value, bool IsTransposed) b = op.HasB ? _positions[op.B] : (op.B, false);
        int at = _choices.Origins[value];
        switch (op.Kind)
        {
            case OpKind.Transpose:
                return (a.Value, !a.IsTransposed);
            case OpKind.Product or OpKind.TransposedProduct:
                OpKind product = (op.Kind == OpKind.Product) != a.IsTransposed ? OpKind.Product : OpKind.TransposedProduct;
                return (Add(new Op(product, a.Value, b.Value, shape)), false);
            case OpKind.RowSums or OpKind.ColumnSums:
                OpKind sums = (op.Kind == OpKind.RowSums) != a.IsTransposed ? OpKind.RowSums : OpKind.ColumnSums;
                return (Add(new Op(sums, a.Value, shape)), false);
            case OpKind.Length when _bound.Count(value)?.Whole is long count:
                return (Add(Op.Number(count)), false);
            case OpKind.Sum or OpKind.Greatest or OpKind.Length:
                return (Add(op with { A = a.Value, Shape = shape }), false);
            case OpKind.Take when _bound.Count(op.B) is { } count:
                return (Slice(op, a.Value, b.Value, Quantity.Of(0), count, shape, at), false);
            case OpKind.Drop when _bound.Count(op.B) is { } count:
                return (Slice(op, a.Value, b.Value, count, null, shape, at), false);
            case OpKind.Convolution when Convolve(op, Plain(a, at), at) is int sum:
                return (sum, false);
            case var _ when op.IsElementwise && op.HasB:
                return Elementwise(op, a, b, shape, at);
            case var _ when op.IsElementwise:
                Shape same = a.IsTransposed ? Shape.Matrix(shape.Columns, shape.Rows) : shape;
                return (Add(op with { A = a.Value, Shape = same }), a.IsTransposed);
            default:
                return (Add(op with
                {
                    A = op.HasA ? Plain(a, at) : op.A,
                    B = op.HasB ? Plain(b, at) : op.B,
                    Shape = shape,
                }), false);
        }
    }

    private (int Value, bool IsTransposed) Elementwise(Op op, (int Value, bool IsTransposed) a, (int Value, bool IsTransposed) b, Shape shape, int at)
    {
        if (shape.Rank == 2 && _ops[a.Value].Shape.Rank == _ops[b.Value].Shape.Rank && a.IsTransposed != b.IsTransposed)
        {
            (a, b) = ((Plain(a, at), false), (Plain(b, at), false));
        }

        int left = a.Value;
        int right = b.Value;
        if (shape.Rank == 1 && _ops[left].Shape.Rank == 1 && _ops[right].Shape.Rank == 1)
        {
            Quantity? first = _shapes.SizesOf(op.A)[0];
            Quantity? second = _shapes.SizesOf(op.B)[0];
            if (first is not null && !first.Equals(second))
            {
                bool isFirst = first.Whole == 1;
                left = isFirst ? NumberOf(left) : left;
                right = isFirst ? right : NumberOf(right);
            }
        }

        bool isTransposed = a.IsTransposed || b.IsTransposed;
        return (Add(op with { A = left, B = right, Shape = isTransposed ? Shape.Matrix(shape.Columns, shape.Rows) : shape }), isTransposed);
    }

    /// <summary>The number that the one element of a vector is.</summary>
    private int NumberOf(int vector)
    {
        if (!_numbers.TryGetValue(vector, out int number))
        {
            number = Add(new Op(OpKind.Sum, vector, Shape.Scalar));
            _numbers.Add(vector, number);
        }

        return number;
    }

    private int Slice(Op op, int vector, int counted, Quantity start, Quantity? count, Shape shape, int at)
    {
        Dim whole = _ops[vector].Shape.Rows;
        if (start.Whole is not long first || !whole.IsBound || !shape.Rows.IsBound)
        {
            return Add(op with { A = vector, B = counted, Shape = shape });
        }

        if (first < 0 || first + shape.Rows.Size > whole.Size)
        {
            string range = count is null ? $"it begins at {start.Shown}" : $"it has {count.Shown} elements";
            _bound.Faults.Add(new BindingFault(at, null, $"{range}, and the vector that it is a part of has {whole}"));
            return vector;
        }

        // A slice of a slice is one of what that was sliced from.
        Op source = _ops[vector];
        return shape.Rows.Size == whole.Size ? vector
            : source.Kind == OpKind.Slice ? Add(new Op(OpKind.Slice, source.A, -1, shape, source.Constant + first))
            : Add(new Op(OpKind.Slice, vector, -1, shape, first));
    }

    /// <summary>The position of a value that must not stand transposed.</summary>
    private int Plain((int Value, bool IsTransposed) value, int at)
    {
        Op op = _ops[value.Value];
        if (!value.IsTransposed)
        {
            return value.Value;
        }

        Shape shape = Shape.Matrix(op.Shape.Columns, op.Shape.Rows);
        switch (op.Kind)
        {
            case OpKind.Outer:
                return Add(op with { A = op.B, B = op.A, Shape = shape });
            case OpKind.SpreadRows or OpKind.SpreadColumns:
                return Add(op with { Kind = op.Kind == OpKind.SpreadRows ? OpKind.SpreadColumns : OpKind.SpreadRows, Shape = shape });
            default:
                _bound.Faults.Add(new BindingFault(at, null, "a transposed matrix is used; it can be multiplied by a vector, and stand beside other transposed matrices"));
                return value.Value;
        }
    }

    private int Add(Op op)
    {
        _ops.Add(Choices.Fold(_ops, op) is double number ? Op.Number(number) : op);
        _names.Add("");
        return _ops.Count - 1;
    }

    /// <summary>The cell of what is left: values that a result needs, the parameters among them, and the tensors of those.</summary>
    private CellGraph Trim(GraphOutput[] outputs)
    {
        (EquatableArray<Op> ops, EquatableArray<string> names, EquatableArray<GraphOutput> given) = Liveness.Trim(_ops, _names, outputs);
        int[] kept = [.. ops.Where(op => op.Kind == OpKind.Parameter).Select(op => op.A)
            .Concat(_cell.States.Select(state => state.Initial).Where(initial => initial >= 0))
            .Distinct().OrderBy(number => number)];
        int[] moved = [.. Enumerable.Range(0, _cell.Parameters.Count).Select(number => Array.IndexOf(kept, number))];
        CellParameter[] parameters = [.. kept.Select(number => new CellParameter(
            _cell.Parameters[number].Name,
            _bound.OfParameter(number),
            _cell.Parameters[number].Start.Initializer,
            _bound.Fan(number),
            _cell.Parameters[number].Start.Value,
            _cell.Parameters[number].Start.Low,
            _cell.Parameters[number].Start.IsFrozen))];
        CellTensor[] tensors = [.. _cell.Tensors
            .Select(tensor => tensor with { Parts = tensor.Parts.Select(part => moved[part]).Where(part => part >= 0).ToEquatableArray(), Depth = _bound.Depth(tensor) })
            .Where(tensor => tensor.Parts.Count > 0)];
        CheckStacking(tensors, parameters);
        return new CellGraph(
            _cell.Name,
            _cell.Input,
            _cell.States.Select(state => state.Name).ToEquatableArray(),
            parameters.ToEquatableArray(),
            tensors.ToEquatableArray(),
            new OpGraph(
                ops.Select(op => op.Kind == OpKind.Parameter ? op with { A = moved[op.A] } : op).ToEquatableArray(),
                names,
                given))
        {
            Initial = _cell.States.Any(state => state.Initial >= 0)
                ? _cell.States.Select(state => state.Initial < 0 ? -1 : moved[state.Initial]).ToEquatableArray()
                : default,
        };
    }

    private void CheckStacking(CellTensor[] tensors, CellParameter[] parameters)
    {
        foreach (CellTensor tensor in tensors)
        {
            CellParameter first = parameters[tensor.Parts[0]];
            if (int.TryParse(tensor.Depth, out int depth) && (first.Shape.Rank < 2 || (first.Shape.Columns.IsBound && first.Shape.Columns.Size % depth != 0)))
            {
                _bound.Faults.Add(new BindingFault(-1, null, $"the depth {tensor.Depth} of the tensor '{tensor.Name}' divides the columns of a matrix, and '{first.Name}' is {first.Shape}"));
            }

            foreach (CellParameter part in tensor.Parts.Select(part => parameters[part]))
            {
                if (part.Shape.Rank == 2 != (first.Shape.Rank == 2) || part.Shape.Columns != first.Shape.Columns)
                {
                    _bound.Faults.Add(new BindingFault(-1, null, $"the parts of the tensor '{tensor.Name}' are stacked row after row, and '{part.Name}' is {part.Shape}, '{first.Name}' {first.Shape}"));
                    break;
                }
            }
        }
    }
}
