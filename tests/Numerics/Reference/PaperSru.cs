using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Lei et al. 2018, equations 1 to 4, with the scale of section 3.2.</summary>
public sealed class PaperSru(IReadOnlyDictionary<string, double[]> parameters, int size, double alpha) : PaperCell(parameters)
{
    private double[] _c = new double[size];

    public override double[] State => _c;

    public override double[] Step(double[] x)
    {
        double[] f = Gate(x, "f");
        double[] r = Gate(x, "r");
        double[] candidate = Affine("W", x);
        double[] skip = x.Length == size ? x : Affine("Wh", x);
        _c = Each(_c, (old, unit) => (f[unit] * old) + ((1 - f[unit]) * candidate[unit]));
        return Each(_c, (c, unit) => (r[unit] * c) + ((1 - r[unit]) * skip[unit] * alpha));
    }

    private double[] Gate(double[] x, string name) =>
        Each(Affine("W" + name, x, "b" + name), (sum, unit) => Sigmoid(sum + (Of("v" + name)[unit] * _c[unit])));
}
