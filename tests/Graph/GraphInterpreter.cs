using System;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Tests.Graph;

/// <summary>What the leaves of a graph stand for; matrices row after row.</summary>
internal sealed record Leaves
{
    public double[] Input { get; init; } = [];

    public double[][] States { get; init; } = [];

    public double[][] Parameters { get; init; } = [];

    public double[][] Forward { get; init; } = [];

    public double[][] Cotangents { get; init; } = [];
}

/// <summary>Computes the values of a graph, whose dimensions are bound, one by one in double precision, as <see cref="OpKind"/> defines them.</summary>
internal static class GraphInterpreter
{
    /// <summary>All values of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="leaves">What it reads.</param>
    /// <param name="constants">All values of the graph at another point, of which those that are constants to derivatives are taken; or null.</param>
    public static double[][] Evaluate(OpGraph graph, Leaves leaves, double[][]? constants = null)
    {
        double[][] values = new double[graph.Ops.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            Op op = graph.Ops[i];
            values[i] = op.IsLeaf ? Leaf(op, leaves)
                : constants is not null && op.Kind is OpKind.Detach or OpKind.Less or OpKind.Sign or OpKind.Positive ? constants[i]
                : Compute(graph, op, values[op.A], op.HasB ? values[op.B] : []);
            if (values[i].Length != op.Shape.Length)
            {
                throw new InvalidOperationException($"Value {i} ({op.Kind}) is a {op.Shape}; it got {values[i].Length} elements.");
            }
        }

        return values;
    }

    /// <summary>What a graph gives, in the order of its outputs.</summary>
    public static double[][] Outputs(OpGraph graph, Leaves leaves)
    {
        double[][] values = Evaluate(graph, leaves);
        return [.. graph.Outputs.Select(output => values[output.Value])];
    }

    private static double[] Leaf(Op op, Leaves leaves) => op.Kind switch
    {
        OpKind.Input => leaves.Input,
        OpKind.State => leaves.States[op.A],
        OpKind.Parameter => leaves.Parameters[op.A],
        OpKind.Forward => leaves.Forward[op.A],
        OpKind.Cotangent => leaves.Cotangents[op.A],
        _ => [op.Constant],
    };

    /// <summary>What an operation makes of its operands.</summary>
    public static double[] Compute(OpGraph graph, Op op, double[] a, double[] b) => op.Kind switch
    {
        OpKind.Add => Zip(graph, op, a, b, static (x, y) => x + y),
        OpKind.Subtract => Zip(graph, op, a, b, static (x, y) => x - y),
        OpKind.Multiply => Zip(graph, op, a, b, static (x, y) => x * y),
        OpKind.Divide => Zip(graph, op, a, b, static (x, y) => x / y),
        OpKind.Min => Zip(graph, op, a, b, Math.Min),
        OpKind.Max => Zip(graph, op, a, b, Math.Max),
        OpKind.Less => Zip(graph, op, a, b, static (x, y) => x < y ? 1 : 0),
        OpKind.Negate => [.. a.Select(x => -x)],
        OpKind.Sigmoid => [.. a.Select(x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)))],
        OpKind.Tanh => [.. a.Select(Math.Tanh)],
        OpKind.Relu => [.. a.Select(x => x > 0 || double.IsNaN(x) ? x : 0)],
        OpKind.Positive => [.. a.Select(x => x > 0 ? 1.0 : 0.0)],
        OpKind.Exp => [.. a.Select(Math.Exp)],
        OpKind.Log => [.. a.Select(x => Math.Log(x))],
        OpKind.Sqrt => [.. a.Select(Math.Sqrt)],
        OpKind.Abs => [.. a.Select(x => Math.Abs(x))],
        OpKind.Sign => [.. a.Select(x => double.IsNaN(x) ? x : Math.Sign(x))],
        OpKind.Expm1 or OpKind.Softplus or OpKind.Log1p or OpKind.Erf => [.. a.Select(x => Numbers.Fold(op.Kind, x)!.Value)],
        OpKind.Detach => [.. a],
        OpKind.Spread => [.. Enumerable.Repeat(a[0], op.Shape.Length)],
        OpKind.Sum => [a.Sum()],
        OpKind.Greatest => [a.Any(double.IsNaN) ? double.NaN : a.Max()],
        OpKind.Slice => a[(int)op.Constant..((int)op.Constant + op.Shape.Length)],
        OpKind.Pad => [.. Enumerable.Range(-(int)op.Constant, op.Shape.Length).Select(i => i >= 0 && i < a.Length ? a[i] : 0)],
        OpKind.Concat => [.. a, .. b],
        OpKind.Swap => [.. a.Chunk((int)op.Constant * op.B).SelectMany(matrix =>
            Enumerable.Range(0, op.B).SelectMany(column => Enumerable.Range(0, (int)op.Constant).Select(row => matrix[(row * op.B) + column])))],
        _ => ComputeMatrix(graph, op, a, b),
    };

    private static double[] ComputeMatrix(OpGraph graph, Op op, double[] a, double[] b)
    {
        // A matrix among the operands and the result has these rows and columns.
        Shape matrix = op.Shape.Rank == 2 ? op.Shape : graph.Ops[op.A].Shape;
        int[] rows = [.. Enumerable.Range(0, matrix.Rows.Size)];
        int[] columns = [.. Enumerable.Range(0, matrix.Columns.Size)];
        double at(int row, int column) => a[(row * columns.Length) + column];
        double[] elements(Func<int, int, double> element) => [.. rows.SelectMany(row => columns.Select(column => element(row, column)))];
        return op.Kind switch
        {
            OpKind.SpreadRows => elements((row, column) => a[row]),
            OpKind.SpreadColumns => elements((row, column) => a[column]),
            OpKind.RowSums => [.. rows.Select(row => columns.Sum(column => at(row, column)))],
            OpKind.ColumnSums => [.. columns.Select(column => rows.Sum(row => at(row, column)))],
            OpKind.Product => [.. rows.Select(row => columns.Sum(column => at(row, column) * b[column]))],
            OpKind.TransposedProduct => [.. columns.Select(column => rows.Sum(row => at(row, column) * b[row]))],
            OpKind.Outer => elements((row, column) => a[row] * b[column]),
            OpKind.Row => [.. columns.Select(column => at((int)b[0], column))],
            OpKind.RowGradient => elements((row, column) => row == (int)b[0] ? a[column] : 0),
            _ => throw new ArgumentOutOfRangeException(nameof(op), op.Kind, "Not an operation that computes."),
        };
    }

    private static double[] Zip(OpGraph graph, Op op, double[] a, double[] b, Func<double, double, double> function)
    {
        bool spreadA = graph.Ops[op.A].Shape.Rank == 0;
        bool spreadB = graph.Ops[op.B].Shape.Rank == 0;
        return [.. Enumerable.Range(0, op.Shape.Length).Select(i => function(a[spreadA ? 0 : i], b[spreadB ? 0 : i]))];
    }
}
