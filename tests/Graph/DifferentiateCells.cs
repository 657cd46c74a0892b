using System;
using System.Linq;
using Recurrent.Gen.Graph;
using static Recurrent.Tests.Graph.Value;

namespace Recurrent.Tests.Graph;

/// <summary>Cells written as graphs, with an input of 3 and a state of 4 where they have one.</summary>
internal static class DifferentiateCells
{
    private const int X = 3;
    private const int H = 4;

    public static readonly string[] Names = ["rnn", "relu rnn", "lstm", "gru", "mgu", "dense", "embedding", "peephole", "delay", "scaled", "shared", "memory", "attention", "norm"];

    public static CellSketch Write(string name)
    {
        CellSketch cell = new();
        switch (name)
        {
            case "rnn":
            case "relu rnn":
                return Rnn(cell, name == "rnn" ? Tanh : Relu);
            case "lstm":
                return Lstm(cell);
            case "gru":
                return Gru(cell);
            case "mgu":
                return MinimalGatedUnit(cell);
            case "dense":
                return cell.Gives(Relu((cell.Matrix("W", H, X) * cell.Input(X)) + cell.Vector("b", H)));
            case "embedding":
                return cell.Gives(Row(cell.Matrix("table", 5, H), cell.Input(1)));
            case "peephole":
                return Peephole(cell);
            case "delay":
                return Delay(cell);
            case "scaled":
                return Scaled(cell);
            case "shared":
                return Shared(cell);
            case "memory":
                return Memory(cell);
            case "attention":
                return Attention(cell);
            case "norm":
                return Norm(cell);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "Not a cell.");
        }
    }

    /// <summary>W x + bi + U h + bh, as PyTorch writes it.</summary>
    private static Value Gate(CellSketch cell, string gate, Value x, Value h) =>
        (cell.Matrix("W" + gate, H, X) * x) + cell.Vector("bi" + gate, H) + (cell.Matrix("U" + gate, H, H) * h) + cell.Vector("bh" + gate, H);

    private static CellSketch Rnn(CellSketch cell, Func<Value, Value> activation)
    {
        Value next = activation(Gate(cell, "", cell.Input(X), cell.State("h", H)));
        return cell.Gives(next, next);
    }

    private static CellSketch Lstm(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", H);
        Value c = cell.State("c", H);
        Value i = Sigmoid(Gate(cell, "i", x, h)).Named("i");
        Value f = Sigmoid(Gate(cell, "f", x, h)).Named("f");
        Value g = Tanh(Gate(cell, "g", x, h)).Named("g");
        Value o = Sigmoid(Gate(cell, "o", x, h)).Named("o");
        Value next = ((f * c) + (i * g)).Named("next");
        Value output = o * Tanh(next);
        return cell.Gives(output, output, next);
    }

    private static CellSketch Gru(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", H);
        Value r = Sigmoid(Gate(cell, "r", x, h)).Named("r");
        Value z = Sigmoid(Gate(cell, "z", x, h)).Named("z");
        Value n = Tanh((cell.Matrix("Wn", H, X) * x) + cell.Vector("bin", H) + (r * ((cell.Matrix("Un", H, H) * h) + cell.Vector("bhn", H)))).Named("n");
        Value next = ((1 - z) * n) + (z * h);
        return cell.Gives(next, next);
    }

    /// <summary>Zhou et al. 2016: the state is reset before the product, which reads a computed vector.</summary>
    private static CellSketch MinimalGatedUnit(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", H);
        Value f = Sigmoid((cell.Matrix("Wf", H, X) * x) + (cell.Matrix("Uf", H, H) * h) + cell.Vector("bf", H)).Named("f");
        Value c = Tanh((cell.Matrix("Wc", H, X) * x) + (cell.Matrix("Uc", H, H) * (f * h)) + cell.Vector("bc", H)).Named("c");
        Value next = ((1 - f) * h) + (f * c);
        return cell.Gives(next, next);
    }

    /// <summary>A gate that reads the new cell state, and weights that are vectors.</summary>
    private static CellSketch Peephole(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", H);
        Value c = cell.State("c", H);
        Value f = Sigmoid(Gate(cell, "f", x, h) + (cell.Vector("pf", H) * c)).Named("f");
        Value next = ((f * c) + ((1 - f) * Tanh(cell.Matrix("Wg", H, X) * x))).Named("next");
        Value o = Sigmoid(Gate(cell, "o", x, h) + (cell.Vector("po", H) * next)).Named("o");
        Value output = (o * next).Named("h2");
        return cell.Gives(output, output, next);
    }

    /// <summary>A state that is the input of the step before, and one that the equations never read.</summary>
    private static CellSketch Delay(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value before = cell.State("before", X);
        cell.State("unread", X);
        return cell.Gives(cell.Vector("p", X) * (x - before), x, x * x);
    }

    /// <summary>Numbers beside vectors, and a weight that is a function of weights.</summary>
    private static CellSketch Scaled(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", X);
        Value weight = Sigmoid(cell.Vector("p", X) + cell.Vector("q", X)).Named("w");
        Value next = (0.5 * (weight * x)) - (2 - (-h)) + (1 - (weight * Tanh(h - 0.25)));
        return cell.Gives(next * next, next);
    }

    /// <summary>One matrix that is read three times.</summary>
    private static CellSketch Shared(CellSketch cell)
    {
        Value x = cell.Input(H);
        Value h = cell.State("h", H);
        Value w = cell.Matrix("W", H, H);
        Value next = Tanh((w * x) + (w * (w * h)));
        return cell.Gives(next + h, next);
    }

    /// <summary>A matrix of memory, scalar gates and a normalizer: Beck et al. 2024, mLSTM.</summary>
    private static CellSketch Memory(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value c = cell.MatrixState("C", H, X);
        Value n = cell.State("n", X);
        Value i = ((cell.Vector("wi", X) * x).Op(OpKind.Sum) + cell.Scalar("bi")).Op(OpKind.Exp).Named("i");
        Value f = Sigmoid((cell.Vector("wf", X) * x).Op(OpKind.Sum) + cell.Scalar("bf")).Named("f");
        Value k = (cell.Matrix("Wk", X, X) * x).Named("k");
        Value q = (cell.Matrix("Wq", X, X) * x).Named("q");
        Value v = (cell.Matrix("Wv", H, X) * x).Named("v");
        Value memory = f.Op(OpKind.Multiply, c).Op(OpKind.Add, i.Op(OpKind.Multiply, v.Op(OpKind.Outer, k))).Named("C2");
        Value normalizer = ((f * n) + (i * k)).Named("n2");
        Value scale = (normalizer * q).Op(OpKind.Sum).Op(OpKind.Abs).Op(OpKind.Max, cell.Scalar("floor")).Named("scale");
        return cell.Gives((memory * q) / scale, memory, normalizer);
    }

    /// <summary>A softmax over slices of the state, and a counter that is a scalar.</summary>
    private static CellSketch Attention(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", 2 * X);
        Value count = cell.ScalarState("count");
        Value scores = (cell.Matrix("W", H, 2 * X) * h).Named("scores");
        Value e = (scores - scores.Op(OpKind.Greatest).Op(OpKind.Detach)).Op(OpKind.Exp).Named("e");
        Value weights = (e / e.Op(OpKind.Sum)).Named("weights");
        Value mix = cell.Matrix("V", H, X).Op(OpKind.TransposedProduct, weights).Named("mix");
        Value next = Tanh(h.Slice(X, X) + (count * x)).Op(OpKind.Concat, mix + h.Slice(0, X));
        return cell.Gives(weights, next, Sigmoid(count + mix.Op(OpKind.Sum)));
    }

    /// <summary>A normalized state, rows and columns of a matrix scaled, and its sums.</summary>
    private static CellSketch Norm(CellSketch cell)
    {
        Value x = cell.Input(X);
        Value h = cell.State("h", H);
        Value centred = (h - (0.25 * h.Op(OpKind.Sum))).Named("centred");
        Value variance = ((0.25 * (centred * centred).Op(OpKind.Sum)) + 0.1).Named("variance");
        Value normal = (centred / variance.Op(OpKind.Sqrt)).Named("normal");
        Value matrix = cell.Matrix("W", H, X).Op(OpKind.Multiply, normal.SpreadRows(X)).Op(OpKind.Multiply, x.SpreadColumns(H));
        Value scaled = matrix.Op(OpKind.Multiply, matrix).Named("squares");
        return cell.Gives(scaled.Op(OpKind.ColumnSums), (scaled.Op(OpKind.RowSums) * cell.Vector("g", H)) + normal);
    }
}
