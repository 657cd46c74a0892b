using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Tests.Graph;

/// <summary>Draws equations of every form that text must hold; they need not make sense.</summary>
internal static class RandomEquations
{
    private static readonly string[] Words = ["x", "hidden", "of", "from", "frozen", "as", "at", "", "7", "07", "a b", "\"", "\\", "=", "%1", "[", ",", "état", "\u0000", "hidden / 2 or 1", "-1", "\n"];

    public static CellEquations Draw(Random random)
    {
        int parameters = random.Next(5);
        int settings = random.Next(4);
        CellState[] states = [.. List(random, 4, () => new CellState(Word(random), random.Next(3), Dimensions(random), random.Next(parameters + 1) - 1))];
        Op[] ops = Ops(random, states.Length, parameters, settings);
        return new CellEquations(
            Word(random),
            Word(random),
            new(states),
            new(Enumerable.Range(0, parameters).Select(i => new CellVariable(
                Word(random) + "#" + (char)('a' + i), random.Next(3), Dimensions(random), new CellStart(Word(random), Word(random), Number(random), Number(random), random.Next(2) == 0)))),
            new(Enumerable.Range(0, settings).Select(_ => new CellSetting(
                Word(random), (SettingKind)random.Next(4), random.Next(2) == 0 ? null : Number(random), Word(random)))),
            parameters == 0 ? EquatableArray<CellTensor>.Empty : List(random, 4, () => new CellTensor(Word(random), new([random.Next(parameters), random.Next(parameters)]), random.Next(2) == 0 ? "" : Word(random))),
            new OpGraph(
                new(ops),
                new(ops.Select(_ => Word(random))),
                ops.Length == 0 ? EquatableArray<GraphOutput>.Empty : List(random, 5, () => Output(random, ops.Length, states.Length))));
    }

    private static Op[] Ops(Random random, int states, int parameters, int settings)
    {
        List<Op> ops = [];
        OpKind[] kinds = Enum.GetValues<OpKind>();
        int count = random.Next(20);
        while (ops.Count < count)
        {
            OpKind kind = kinds[random.Next(kinds.Length)];
            int leaves = kind switch
            {
                OpKind.State => states,
                OpKind.Parameter => parameters,
                OpKind.Setting => settings,
                _ => 9,
            };
            Op op = new(kind, -1, Shape.Scalar);
            if (kind == OpKind.Constant)
            {
                ops.Add(Op.Number(Number(random)));
            }
            else if (op.IsLeaf && leaves > 0)
            {
                ops.Add(op with { A = kind == OpKind.Input ? -1 : random.Next(leaves), Shape = Shaped(random) });
            }
            else if (op.HasA && ops.Count > 0)
            {
                ops.Add(op with
                {
                    A = random.Next(ops.Count),
                    B = op.HasB ? random.Next(ops.Count) : -1,
                    Shape = Shaped(random),
                    Constant = random.Next(2) == 0 ? 0 : Number(random),
                });
            }
        }

        return [.. ops];
    }

    private static GraphOutput Output(Random random, int values, int states)
    {
        OutputKind[] kinds = Enum.GetValues<OutputKind>();
        OutputKind kind = kinds[random.Next(kinds.Length)];
        return kind == OutputKind.NextState && states == 0
            ? new GraphOutput(OutputKind.Output, 0, random.Next(values))
            : new GraphOutput(kind, kind == OutputKind.NextState ? random.Next(states) : random.Next(9), random.Next(values));
    }

    private static Shape Shaped(Random random) => random.Next(4) switch
    {
        0 => Shape.Vector(Size(random)),
        1 => Shape.Matrix(Size(random), Size(random)),
        _ => Shape.Scalar,
    };

    private static Dim Size(Random random) => random.Next(2) == 0 ? new Dim(random.Next(1, 9)) : new Dim(Word(random));

    private static EquatableArray<string> Dimensions(Random random) => List(random, 3, () => Word(random));

    private static double Number(Random random) => random.Next(4) switch
    {
        0 => -0.0,
        1 => 1,
        2 => random.Next(-9, 9),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
    };

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static EquatableArray<T> List<T>(Random random, int below, Func<T> draw)
        where T : IEquatable<T> => new(Enumerable.Range(0, random.Next(below)).Select(_ => draw()));
}
