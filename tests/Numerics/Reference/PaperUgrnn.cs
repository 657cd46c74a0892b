using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Collins, Sohl-Dickstein and Sussillo 2017, section 1.2.</summary>
public sealed class PaperUgrnn(IReadOnlyDictionary<string, double[]> parameters, int size) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] recurrent = Affine("Uc", _h, "bc");
        double[] c = Each(Affine("Wc", x), (sum, unit) => Math.Tanh(sum + recurrent[unit]));
        double[] gate = Affine("Ug", _h, "bg");
        double[] g = Each(Affine("Wg", x), (sum, unit) => Sigmoid(sum + gate[unit]));
        return _h = Each(_h, (old, unit) => (g[unit] * old) + ((1 - g[unit]) * c[unit]));
    }
}
