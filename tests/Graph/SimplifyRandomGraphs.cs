using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Tests.Graph;

/// <summary>Graphs of random operations on vectors of 3, matrices of 3 x 3 and numbers, full of what can be simplified.</summary>
internal static class SimplifyRandomGraphs
{
    private static readonly OpKind[] Binary = [OpKind.Add, OpKind.Add, OpKind.Add, OpKind.Subtract, OpKind.Multiply, OpKind.Product, OpKind.TransposedProduct];
    private static readonly OpKind[] Unary = [OpKind.Negate, OpKind.Negate, OpKind.Sigmoid, OpKind.Tanh, OpKind.Relu, OpKind.Positive];
    private static readonly Shape Vector = Shape.Vector(3);
    private static readonly Shape Matrix = Shape.Matrix(3, 3);

    public static OpGraph Draw(int seed)
    {
        Random random = new(seed);
        List<Op> ops =
        [
            new(OpKind.Input, -1, Vector), new(OpKind.State, 0, Vector), new(OpKind.State, 1, Vector), new(OpKind.Parameter, 0, Matrix),
            new(OpKind.Parameter, 1, Vector), new(OpKind.Parameter, 2, Vector), Op.Number(0), Op.Number(1), Op.Number(-0.5), Op.Number(1),
            new(OpKind.Input, -1, Vector),
        ];
        int leaves = ops.Count;
        while (ops.Count < leaves + 30)
        {
            // Squashing now and then keeps the numbers of a long graph in range.
            bool isUnary = random.Next(4) == 0;
            OpKind kind = isUnary ? Unary[random.Next(Unary.Length)] : Binary[random.Next(Binary.Length)];
            int a = kind is OpKind.Product or OpKind.TransposedProduct ? 3 : Operand(random, ops, anyShape: true);
            int b = isUnary ? -1 : Operand(random, ops, anyShape: kind is not (OpKind.Product or OpKind.TransposedProduct));
            Shape shape = kind is OpKind.Product or OpKind.TransposedProduct || ops[a].Shape.Rank == 1 || isUnary || ops[b].Shape.Rank == 0
                ? kind is OpKind.Product or OpKind.TransposedProduct ? Vector : ops[a].Shape
                : ops[b].Shape;
            ops.Add(new Op(kind, a, b, shape));
        }

        string[] names = [.. ops.Select((op, i) => i < leaves ? $"leaf{i}" : random.Next(3) == 0 ? $"v{i}" : "")];
        GraphOutput[] outputs =
        [
            new(OutputKind.Output, 0, ops.Count - 1), new(OutputKind.NextState, 0, ops.Count - 2),
            new(OutputKind.NextState, 1, leaves + random.Next(30)),
        ];
        return new OpGraph(new(ops), new(names), new(outputs));
    }

    public static Leaves DrawLeaves(int seed)
    {
        Random random = new(seed);
        double[] draw(int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1)];
        return new Leaves { Input = draw(3), States = [draw(3), draw(3)], Parameters = [draw(9), draw(3), draw(3)] };
    }

    private static int Operand(Random random, List<Op> ops, bool anyShape)
    {
        while (true)
        {
            // Late values twice as often: deep graphs, not wide ones.
            int value = random.Next(2) == 0 ? random.Next(ops.Count) : ops.Count - 1 - random.Next(Math.Min(5, ops.Count));
            if (ops[value].Shape.Rank == 1 || (anyShape && ops[value].Shape.Rank == 0))
            {
                return value;
            }
        }
    }
}
