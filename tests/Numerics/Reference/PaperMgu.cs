using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Zhou et al. 2016, equations 6, whose matrices multiply the state and the input one behind the other.</summary>
public sealed class PaperMgu(IReadOnlyDictionary<string, double[]> parameters, int size) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] f = Each(Beside("Uf", _h, "Wf", x, "bf"), (sum, _) => Sigmoid(sum));
        double[] forgotten = Each(_h, (old, unit) => f[unit] * old);
        double[] candidate = Each(Beside("Uh", forgotten, "Wh", x, "bh"), (sum, _) => Math.Tanh(sum));
        return _h = Each(_h, (old, unit) => ((1 - f[unit]) * old) + (f[unit] * candidate[unit]));
    }

    private double[] Beside(string recurrent, double[] h, string matrix, double[] x, string bias)
    {
        double[] sums = (double[])Of(bias).Clone();
        for (int row = 0; row < sums.Length; row++)
        {
            for (int column = 0; column < h.Length + x.Length; column++)
            {
                sums[row] += column < h.Length
                    ? Of(recurrent)[(row * h.Length) + column] * h[column]
                    : Of(matrix)[(row * x.Length) + column - h.Length] * x[column - h.Length];
            }
        }

        return sums;
    }
}
