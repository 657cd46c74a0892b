using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Kusupati et al. 2018, equations 4 and 5, with zeta and nu behind sigmoids.</summary>
public sealed class PaperFastGrnn(IReadOnlyDictionary<string, double[]> parameters, int size) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] input = Affine("W", x);
        double[] recurrent = Affine("U", _h);
        return _h = Each(_h, (old, unit) =>
        {
            double z = Sigmoid(input[unit] + recurrent[unit] + Of("bz")[unit]);
            double candidate = Math.Tanh(input[unit] + recurrent[unit] + Of("bh")[unit]);
            return (((Sigmoid(Number("zeta")) * (1 - z)) + Sigmoid(Number("nu"))) * candidate) + (z * old);
        });
    }
}
