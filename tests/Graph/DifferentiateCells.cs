using System;
using System.Linq;
using static Recurrent.Tests.Graph.Value;

namespace Recurrent.Tests.Graph;

/// <summary>Cells written as graphs, with an input of 3 and a state of 4 where they have one.</summary>
internal static class DifferentiateCells
{
    private const int X = 3;
    private const int H = 4;

    public static readonly string[] Names = ["rnn", "relu rnn", "lstm", "gru", "mgu", "dense", "embedding", "peephole", "delay", "scaled", "shared"];

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
}
