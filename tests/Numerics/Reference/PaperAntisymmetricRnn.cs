using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Chang et al. 2019, equations 12 to 14, with the antisymmetric matrix written out.</summary>
public sealed class PaperAntisymmetricRnn(
    IReadOnlyDictionary<string, double[]> parameters, int size, double epsilon, double gamma, bool isGated) : PaperCell(parameters)
{
    private double[] _h = new double[size];

    public override double[] State => _h;

    public override double[] Step(double[] x)
    {
        double[] antisymmetric = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                antisymmetric[(row * size) + column] = Of("W")[(row * size) + column] - Of("W")[(column * size) + row] - (row == column ? gamma : 0);
            }
        }

        double[] rotated = Product(antisymmetric, _h);
        double[] slope = Each(Affine("V", x, "b"), (sum, unit) => Math.Tanh(rotated[unit] + sum));
        double[] gate = isGated ? Each(Affine("Vz", x, "bz"), (sum, unit) => Sigmoid(rotated[unit] + sum)) : Each(_h, (_, _) => 1);
        return _h = Each(_h, (old, unit) => old + (epsilon * gate[unit] * slope[unit]));
    }
}
