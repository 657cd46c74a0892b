using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Jordan 1986, without the decay of the state.</summary>
public sealed class PaperJordan(IReadOnlyDictionary<string, double[]> parameters, int size) : PaperCell(parameters)
{
    private double[] _y = new double[size];

    public override double[] State => _y;

    public override double[] Step(double[] x)
    {
        double[] fed = Affine("U", _y);
        double[] h = Each(Affine("W", x, "bh"), (sum, unit) => Math.Tanh(sum + fed[unit]));
        return _y = Each(Affine("V", h, "by"), (sum, _) => Sigmoid(sum));
    }
}
