using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Ravanelli et al. 2018, equations 6; its batch normalization is a factor and a bias once a network is trained.</summary>
public sealed class PaperLiGru(IReadOnlyDictionary<string, double[]> parameters, int size, bool isScaled) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] z = Each(Sums(x, "z"), (sum, _) => Sigmoid(sum));
        double[] candidate = Each(Sums(x, "h"), (sum, _) => Math.Max(0, sum));
        return _h = Each(_h, (old, unit) => (z[unit] * old) + ((1 - z[unit]) * candidate[unit]));
    }

    private double[] Sums(double[] x, string name)
    {
        double[] recurrent = Affine("U" + name, _h);
        return Each(Affine("W" + name, x), (sum, unit) => (isScaled ? sum * Of("s" + name)[unit] : sum) + Of("b" + name)[unit] + recurrent[unit]);
    }
}
