using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Beck et al., xLSTM, 2024, equations 8 to 14: without the stabiliser, which changes no output.</summary>
public sealed class PaperSLstm(IReadOnlyDictionary<string, double[]> parameters, int size, bool exponentialForget) : PaperCell(parameters)
{
    private double[] _h = new double[size];
    private readonly double[] _c = new double[size];
    private readonly double[] _n = new double[size];

    public override double[] State => [.. _h, .. _c, .. _n];

    public override double[] Step(double[] x)
    {
        double[] i = Gate(x, "i");
        double[] f = Gate(x, "f");
        double[] z = Gate(x, "z");
        double[] o = Gate(x, "o");
        double[] h = new double[size];
        for (int unit = 0; unit < size; unit++)
        {
            double forget = exponentialForget ? Math.Exp(f[unit]) : Sigmoid(f[unit]);
            double input = Math.Exp(i[unit]);
            _c[unit] = (forget * _c[unit]) + (input * Math.Tanh(z[unit]));
            _n[unit] = (forget * _n[unit]) + input;
            h[unit] = Sigmoid(o[unit]) * _c[unit] / _n[unit];
        }

        return _h = h;
    }

    /// <summary>c and n are kept divided by e^m.</summary>
    public override double[] StateOf(double[] kept)
    {
        double[] m = kept[^size..];
        return [.. kept[..size], .. Enumerable.Range(0, 2 * size).Select(unit => kept[size + unit] * Math.Exp(m[unit % size]))];
    }

    private double[] Gate(double[] x, string name)
    {
        double[] recurrent = Affine("R" + name, _h);
        return Each(Affine("W" + name, x, "b" + name), (sum, unit) => sum + recurrent[unit]);
    }
}
