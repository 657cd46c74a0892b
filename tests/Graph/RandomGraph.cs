using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Transform;

namespace Recurrent.Tests.Graph;

/// <summary>
/// A graph of random operations on scalars, vectors and matrices, with what its leaves stand for: values are drawn until they are of moderate size and
/// away from kinks and poles, so that differences tell derivatives.
/// </summary>
internal sealed class RandomGraph
{
    private const int Operations = 40;
    private const double Margin = 1e-2;

    /// <summary>Every operation that stands in a bound forward graph.</summary>
    public static readonly OpKind[] Kinds =
    [
        .. Enum.GetValues<OpKind>().Where(kind => kind > OpKind.Cotangent).Except(
            [OpKind.PowerSigmoid, OpKind.Length, OpKind.Transpose, OpKind.Take, OpKind.Drop, OpKind.Quotient, OpKind.Frames, OpKind.Convolution, OpKind.When, OpKind.Otherwise, OpKind.RowGradient]),
    ];

    private readonly Random _random;
    private readonly List<Op> _ops = [];
    private readonly List<double[]> _values = [];

    /// <param name="seed">What it is drawn from.</param>
    /// <param name="without">Operations that it does not have.</param>
    public RandomGraph(int seed, params OpKind[] without)
    {
        _random = new Random(seed);
        Leaves = new Leaves
        {
            Input = Draw(3),
            States = [.. StateShapes.Select(shape => Draw(shape.Length))],
            Parameters = [.. ParameterShapes.Select(shape => Draw(shape.Length))],
        };
        Leaf(new Op(OpKind.Input, -1, Shape.Vector(3)), Leaves.Input);
        for (int i = 0; i < StateShapes.Length; i++)
        {
            Leaf(new Op(OpKind.State, i, StateShapes[i]), Leaves.States[i]);
        }

        for (int i = 0; i < ParameterShapes.Length; i++)
        {
            Leaf(new Op(OpKind.Parameter, i, ParameterShapes[i]), Leaves.Parameters[i]);
        }

        foreach (double number in (double[])[0, 1, -0.5, 2])
        {
            Leaf(Op.Number(number), [number]);
        }

        int leaves = _ops.Count;
        _ops.Add(new Op(OpKind.Spread, leaves - 3, Shape.Vector(1)));
        _values.Add([1]);
        while (_ops.Count < leaves + Operations)
        {
            // Operands that fit are rarer for some operations than for others.
            OpKind kind = Kinds[_random.Next(Kinds.Length)];
            for (int attempts = without.Contains(kind) ? 0 : 20; attempts > 0 && !TryAdd(kind); attempts--)
            {
            }
        }

        Graph = new OpGraph(
            _ops.ToEquatableArray(),
            Enumerable.Range(0, _ops.Count).Select(i => i < leaves || _random.Next(3) == 0 ? $"v{i}" : "").ToEquatableArray(),
            Outputs(leaves).ToEquatableArray());
    }

    public static Shape[] StateShapes { get; } = [Shape.Vector(4), Shape.Scalar, Shape.Matrix(4, 3)];

    public static Shape[] ParameterShapes { get; } =
        [Shape.Matrix(4, 3), Shape.Matrix(3, 4), Shape.Vector(4), Shape.Vector(3), Shape.Scalar, Shape.Vector(3), Shape.Matrix(4, 3), Shape.Vector(1)];

    public OpGraph Graph { get; }

    public Leaves Leaves { get; }

    /// <summary>The output and the next states, whose shapes are any, from late values mostly.</summary>
    private IEnumerable<GraphOutput> Outputs(int leaves)
    {
        yield return new GraphOutput(OutputKind.Output, 0, _ops.Count - 1);
        for (int i = 0; i < StateShapes.Length; i++)
        {
            yield return new GraphOutput(OutputKind.NextState, i, leaves + _random.Next(_ops.Count - leaves));
        }
    }

    private void Leaf(Op op, double[] value)
    {
        _ops.Add(op);
        _values.Add(value);
    }

    /// <summary>Adds an operation on random operands, if they fit it and it is smooth there.</summary>
    private bool TryAdd(OpKind kind)
    {
        Op op = new(kind, Operand(), default);
        op = op with { B = op.HasB ? Operand() : -1 };
        Shape a = _ops[op.A].Shape;
        op = kind switch
        {
            OpKind.Spread => op with { Shape = _random.Next(2) == 0 ? Shape.Vector(3) : Shape.Matrix(4, 3) },
            OpKind.SpreadRows => op with { Shape = Shape.Matrix(a.Rows.Size, Beside(a)) },
            OpKind.SpreadColumns => op with { Shape = Shape.Matrix(Beside(a), a.Rows.Size) },
            OpKind.Slice when a.Length > 1 => Slice(op, a.Length),
            OpKind.Pad => op with { Shape = Shape.Vector(a.Length + 1 + _random.Next(2)), Constant = _random.Next(2) },
            OpKind.Swap => Swap(op, a),
            OpKind.Row when a.Rows.Size > 1 => op with { B = _ops.FindIndex(index => index.Kind == OpKind.Spread) },
            OpKind.Row => op with { B = op.A }, // refused
            _ => op,
        };

        try
        {
            op = op with { Shape = ShapeRules.Of(op, a, op.HasB ? _ops[op.B].Shape : default) };
        }
        catch (ArgumentException)
        {
            return false;
        }

        if (op.Shape.Length > 16 || op.Shape.Rows.Size > 6 || !IsSmooth(op))
        {
            return false;
        }

        double[] value = GraphInterpreter.Compute(new OpGraph(_ops.ToEquatableArray(), [], []), op, _values[op.A], op.HasB ? _values[op.B] : []);
        if (value.Any(x => !(Math.Abs(x) < 8)))
        {
            return false;
        }

        _ops.Add(op);
        _values.Add(value);
        return true;
    }

    /// <summary>The other dimension of a matrix, so that many are 4 x 3.</summary>
    private static int Beside(Shape vector) => vector.Rows.Size == 4 ? 3 : vector.Rows.Size == 3 ? 4 : 2;

    private Op Slice(Op op, int length)
    {
        int count = 1 + _random.Next(length - 1);
        return op with { Shape = Shape.Vector(count), Constant = _random.Next(length - count + 1) };
    }

    private Op Swap(Op op, Shape a)
    {
        int[] divisors = [.. Enumerable.Range(1, a.Length).Where(divisor => a.Length % divisor == 0)];
        int rows = divisors[_random.Next(divisors.Length)];
        int[] rest = [.. divisors.Where(divisor => a.Length / rows % divisor == 0)];
        int first = divisors[_random.Next(divisors.Length)];
        return op with
        {
            Constant = rows,
            B = rest[_random.Next(rest.Length)],
            Shape = _random.Next(2) == 0 ? Shape.Vector(a.Length) : Shape.Matrix(first, a.Length / first),
        };
    }

    /// <summary>Whether an operation has a derivative, and of moderate size, at its operands; two that are the same value are told by their position.</summary>
    private bool IsSmooth(Op op)
    {
        double[] a = _values[op.A];
        double[] b = op.HasB ? _values[op.B] : [];
        return op.Kind switch
        {
            OpKind.Divide => b.All(x => Math.Abs(x) > 0.4),
            OpKind.Log or OpKind.Sqrt => a.All(x => x > 0.4),
            OpKind.Log1p => a.All(x => x > -0.6),
            OpKind.Relu or OpKind.Abs => a.All(x => Math.Abs(x) > Margin),
            OpKind.Min or OpKind.Max => op.A == op.B || a.All(x => b.All(y => Math.Abs(x - y) > Margin)),
            OpKind.Greatest => a.All(x => x == a.Max() || x < a.Max() - Margin) && a.Count(x => x == a.Max()) == 1,
            _ => true,
        };
    }

    /// <summary>Late values twice as often: deep graphs, not wide ones.</summary>
    private int Operand() => _random.Next(3) == 0 ? _random.Next(_ops.Count) : _ops.Count - 1 - _random.Next(Math.Min(8, _ops.Count));

    private double[] Draw(int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * _random.NextDouble()) - 1)];
}
