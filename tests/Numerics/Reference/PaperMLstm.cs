using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Beck et al., xLSTM, 2024, equations 19 to 27: without the stabiliser, which changes no output.</summary>
public sealed class PaperMLstm(IReadOnlyDictionary<string, double[]> parameters, int size, int keySize, bool exponentialForget) : PaperCell(parameters)
{
    private readonly double[] _memory = new double[size * keySize];
    private readonly double[] _n = new double[keySize];

    public override double[] State => [.. _memory, .. _n];

    public override double[] Step(double[] x)
    {
        double[] q = Affine("Wq", x, "bq");
        double[] k = Each(Affine("Wk", x, "bk"), (sum, _) => sum / Math.Sqrt(keySize));
        double[] v = Affine("Wv", x, "bv");
        double input = Math.Exp(Dot(Of("wi"), x) + Number("bi"));
        double raw = Dot(Of("wf"), x) + Number("bf");
        double forget = exponentialForget ? Math.Exp(raw) : Sigmoid(raw);
        for (int column = 0; column < keySize; column++)
        {
            _n[column] = (forget * _n[column]) + (input * k[column]);
            for (int row = 0; row < size; row++)
            {
                ref double element = ref _memory[(row * keySize) + column];
                element = (forget * element) + (input * v[row] * k[column]);
            }
        }

        double[] o = Affine("Wo", x, "bo");
        double denominator = Math.Max(Math.Abs(Dot(_n, q)), 1);
        return Each(Product(_memory, q), (read, row) => Sigmoid(o[row]) * read / denominator);
    }

    /// <summary>The memory and n are kept divided by e^m.</summary>
    public override double[] StateOf(double[] kept) => [.. kept[..^1].Select(value => value * Math.Exp(kept[^1]))];
}
