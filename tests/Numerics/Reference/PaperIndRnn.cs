using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Li et al. 2018, equation 2.</summary>
public sealed class PaperIndRnn(IReadOnlyDictionary<string, double[]> parameters, int size) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x) =>
        _h = Each(Affine("W", x, "b"), (sum, unit) => Math.Max(0, sum + (Of("u")[unit] * _h[unit])));
}
