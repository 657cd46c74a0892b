using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Feng et al. 2024, section 3.1.</summary>
public sealed class PaperMinGru(IReadOnlyDictionary<string, double[]> parameters, int size, bool isPositive) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] z = Affine("Wz", x, "bz");
        double[] candidate = Affine("Wh", x, "bh");
        return _h = Each(_h, (old, unit) => ((1 - Sigmoid(z[unit])) * old) + (Sigmoid(z[unit]) * (isPositive ? G(candidate[unit]) : candidate[unit])));
    }

    /// <summary>The function g of appendix B.</summary>
    public static double G(double x) => x >= 0 ? x + 0.5 : Sigmoid(x);
}
