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
    public static double[][] Evaluate(OpGraph graph, Leaves leaves)
    {
        double[][] values = new double[graph.Ops.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            Op op = graph.Ops[i];
            values[i] = op.IsLeaf ? Leaf(op, leaves) : Compute(graph, op, values[op.A], op.HasB ? values[op.B] : []);
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

    private static double[] Compute(OpGraph graph, Op op, double[] a, double[] b) => op.Kind switch
    {
        OpKind.Add => Zip(graph, op, a, b, static (x, y) => x + y),
        OpKind.Subtract => Zip(graph, op, a, b, static (x, y) => x - y),
        OpKind.Multiply => Zip(graph, op, a, b, static (x, y) => x * y),
        OpKind.Negate => [.. a.Select(x => -x)],
        OpKind.Sigmoid => [.. a.Select(x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)))],
        OpKind.Tanh => [.. a.Select(Math.Tanh)],
        OpKind.Relu => [.. a.Select(x => x > 0 || double.IsNaN(x) ? x : 0)],
        OpKind.Positive => [.. a.Select(x => x > 0 ? 1.0 : 0.0)],
        OpKind.Product => [.. Enumerable.Range(0, op.Shape.Length).Select(row => b.Select((x, k) => a[(row * b.Length) + k] * x).Sum())],
        OpKind.TransposedProduct => [.. Enumerable.Range(0, op.Shape.Length).Select(column => b.Select((x, k) => a[(k * op.Shape.Length) + column] * x).Sum())],
        OpKind.Outer => [.. a.SelectMany(x => b.Select(y => x * y))],
        OpKind.Row => a[((int)b[0] * op.Shape.Length)..(((int)b[0] + 1) * op.Shape.Length)],
        OpKind.RowGradient => [.. Enumerable.Range(0, op.Shape.Rows.Size).SelectMany(row => row == (int)b[0] ? a : new double[a.Length])],
        _ => throw new ArgumentOutOfRangeException(nameof(op), op.Kind, "Not an operation that computes."),
    };

    private static double[] Zip(OpGraph graph, Op op, double[] a, double[] b, Func<double, double, double> function)
    {
        bool spreadA = graph.Ops[op.A].Shape.Rank == 0;
        bool spreadB = graph.Ops[op.B].Shape.Rank == 0;
        return [.. Enumerable.Range(0, op.Shape.Length).Select(i => function(a[spreadA ? 0 : i], b[spreadB ? 0 : i]))];
    }
}
