using System;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <content>What each operation demands of shapes: one row each.</content>
internal sealed partial class ShapeInference
{
    private static readonly Quantity One = Quantity.Of(1);

    private Dimension[] Apply(int value, Op op)
    {
        Count(value, op);
        Dimension[] a = op.HasA ? _values[op.A] : [];
        Dimension[] b = op.HasB ? _values[op.B] : [];
        int at = _choices.Origins[value];
        switch (op.Kind)
        {
            case OpKind.Input or OpKind.State or OpKind.Parameter:
                return Leaf(op.Kind, op.A);
            case OpKind.Constant or OpKind.Setting:
                return [];
            case OpKind.Sum or OpKind.Greatest or OpKind.Length or OpKind.Quotient:
                return [];
            case OpKind.Slice or OpKind.Pad or OpKind.Spread:
                return Given(op);
            case OpKind.Product when Ranks(value, 2, 1):
                _unification.Equate(a[1], b[0], at);
                return [a[0]];
            case OpKind.TransposedProduct when Ranks(value, 2, 1):
                _unification.Equate(a[0], b[0], at);
                return [a[1]];
            case OpKind.Outer when Ranks(value, 1, 1):
                return [a[0], b[0]];
            case OpKind.Row when Ranks(value, 2, 1):
                _unification.Equate(b[0], _unification.Known(One), at);
                return [a[1]];
            case OpKind.Transpose when Ranks(value, 2):
                return [a[1], a[0]];
            case OpKind.SpreadRows when Ranks(value, 1):
                return op.Shape.Rank == 2 ? Given(op) : [a[0], New(op, Axis.Columns)];
            case OpKind.SpreadColumns when Ranks(value, 1):
                return op.Shape.Rank == 2 ? Given(op) : [New(op, Axis.Rows), a[0]];
            case OpKind.RowSums when Ranks(value, 2):
                return [a[0]];
            case OpKind.ColumnSums when Ranks(value, 2):
                return [a[1]];
            case OpKind.Concat when Ranks(value, 1, 1):
                return [Joined(op, a[0], b[0], at)];
            case OpKind.Take when Ranks(value, 1, 0):
                Dimension taken = New(op, Axis.Length);
                When(() => _numbers[op.B] is { } count && Is(taken, count, at));
                return [taken];
            case OpKind.Drop when Ranks(value, 1, 0):
                return [Left(op, a[0], at)];
            case OpKind.Frames when Ranks(value, 1, 0):
                return a;
            case OpKind.Convolution when Ranks(value, 2, 1):
                return [a[0]];
            case var _ when op.IsElementwise:
                return op.HasB ? Elementwise(value, op, a, b, at) : a;
            default:
                if (_faults.All(fault => fault.At != at))
                {
                    _faults.Add(new BindingFault(at, null, $"'{op.Kind}' is nothing that equations can be made of"));
                }

                return [];
        }
    }

    /// <summary>
    /// Both sides have one shape, but for a number, and a vector of one element beside a longer one, which are spread. Whether a vector whose length
    /// is open has one element, too, cannot be known: terms of a sum have one length, and a factor may scale.
    /// </summary>
    private Dimension[] Elementwise(int value, Op op, Dimension[] a, Dimension[] b, int at)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length == 0 ? b : a;
        }

        if (a.Length != b.Length)
        {
            _faults.Add(new BindingFault(at, null, $"{RankName(a.Length)} stands beside {RankName(b.Length)}"));
            return a;
        }

        if (a.Length == 1 && One.Equals(a[0].Size) != One.Equals(b[0].Size))
        {
            (Dimension one, Dimension other) = One.Equals(a[0].Size) ? (a[0], b[0]) : (b[0], a[0]);
            bool isTerm = op.Kind is OpKind.Add or OpKind.Subtract;
            if (other.Size is not null || !isTerm)
            {
                return [other];
            }
        }

        Same(a, b, at);
        return a;
    }

    private Dimension Joined(Op op, Dimension first, Dimension second, int at)
    {
        Dimension joined = New(op, Axis.Length);
        When(() => (first.Size, second.Size, joined.Size) switch
        {
            ({ } a, { } b, _) => Is(joined, a + b, at),
            ({ } a, null, { } all) => Is(second, all - a, at),
            (null, { } b, { } all) => Is(first, all - b, at),
            _ => false,
        });
        return joined;
    }

    private Dimension Left(Op op, Dimension whole, int at)
    {
        Dimension left = New(op, Axis.Length);
        When(() => (_numbers[op.B], whole.Size, left.Size) switch
        {
            ({ } count, { } all, _) => Is(left, all - count, at),
            ({ } count, null, { } rest) => Is(whole, rest + count, at),
            _ => false,
        });
        return left;
    }

    private bool Is(Dimension dimension, Quantity size, int at)
    {
        if (size.IsNumber && size.ToDim() is null)
        {
            _faults.Add(new BindingFault(at, null, $"it has {size.Shown} elements; a whole number of at least 1 is wanted"));
        }
        else
        {
            _unification.Equate(dimension, _unification.Known(size), at);
        }

        return true;
    }

    /// <summary>Finds what a slice can count with; what counts the elements of a value waits for its shape.</summary>
    private void Count(int value, Op op)
    {
        switch (op.Kind)
        {
            case OpKind.Constant:
                _numbers[value] = Quantity.Of(op.Constant);
                break;
            case OpKind.Setting:
                _numbers[value] = Quantity.Of(_cell.Settings[op.A].Name);
                break;
            case OpKind.Length:
                When(() => (_numbers[value] = Product(_values[op.A])) is not null);
                break;
            case OpKind.Negate or OpKind.Add or OpKind.Subtract or OpKind.Multiply or OpKind.Divide or OpKind.Quotient when op.Operands.All(operand => _counts[operand]):
                When(() => (_numbers[value] = Count(op)) is not null);
                break;
            default:
                return;
        }

        _counts[value] = true;
    }

    private Quantity? Count(Op op)
    {
        Quantity? a = _numbers[op.A];
        Quantity? b = op.HasB ? _numbers[op.B] : Quantity.Of(-1);
        return a is null || b is null ? null : op.Kind switch
        {
            OpKind.Add => a + b,
            OpKind.Subtract => a - b,
            OpKind.Quotient when a.Whole is long above && b.Whole is long below and not 0 => Quantity.Of(above / below),
            OpKind.Divide or OpKind.Quotient => Quantity.Divide(a, b),
            _ => a * b,
        };
    }

    private static Quantity? Product(Dimension[] dimensions) => dimensions.Aggregate((Quantity?)One, (product, dimension) =>
        product is null || dimension.Size is null ? null : product * dimension.Size);

    private static Dimension New(Op op, Axis axis) => new(op, axis);

    private Dimension[] Given(Op op) =>
        [.. new[] { op.Shape.Rows, op.Shape.Columns }.Take(op.Shape.Rank).Select(dim => _unification.Known(Evaluate(dim.ToString(), null)))];

    private bool Ranks(int value, int a, int? b = null)
    {
        Op op = _choices.Ops[value];
        int at = _choices.Origins[value];
        return Ranked(op.A, a, at) && (b is not int second || Ranked(op.B, second, at));
    }
}
