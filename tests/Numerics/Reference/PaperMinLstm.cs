using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Feng et al. 2024, section 3.2.</summary>
public sealed class PaperMinLstm(IReadOnlyDictionary<string, double[]> parameters, int size, bool isPositive) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] f = Each(Affine("Wf", x, "bf"), (sum, _) => Sigmoid(sum));
        double[] i = Each(Affine("Wi", x, "bi"), (sum, _) => Sigmoid(sum));
        double[] candidate = Each(Affine("Wh", x, "bh"), (sum, _) => isPositive ? PaperMinGru.G(sum) : sum);
        return _h = Each(_h, (old, unit) => ((f[unit] * old) + (i[unit] * candidate[unit])) / (f[unit] + i[unit]));
    }
}
