using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Yang, Kautz and Hatamizadeh, Gated Delta Networks, 2025, equation 10, with the matrix that the memory is multiplied with written out.</summary>
public sealed class PaperGatedDeltaNet(IReadOnlyDictionary<string, double[]> parameters, int keySize, int valueSize) : PaperCell(parameters)
{
    private double[] _memory = new double[valueSize * keySize];

    public override double[] State => _memory;

    public override double[] Step(double[] x)
    {
        double[] q = Unit(Each(Affine("Wq", x), Silu));
        double[] k = Unit(Each(Affine("Wk", x), Silu));
        double[] v = Each(Affine("Wv", x), Silu);
        double alpha = Math.Exp(-Math.Exp(Number("logA")) * Math.Log(1 + Math.Exp(Dot(Of("wa"), x) + Number("ba"))));
        double beta = Sigmoid(Dot(Of("wb"), x));
        double[] next = new double[_memory.Length];
        for (int row = 0; row < valueSize; row++)
        {
            for (int column = 0; column < keySize; column++)
            {
                double sum = beta * v[row] * k[column];
                for (int inner = 0; inner < keySize; inner++)
                {
                    double transition = alpha * ((inner == column ? 1 : 0) - (beta * k[inner] * k[column]));
                    sum += _memory[(row * keySize) + inner] * transition;
                }

                next[(row * keySize) + column] = sum;
            }
        }

        _memory = next;
        double[] read = Product(_memory, q);
        double root = Math.Sqrt((Dot(read, read) / valueSize) + 1e-5);
        double[] gate = Each(Affine("Wg", x), Silu);
        return Affine("Wo", Each(read, (value, row) => value / root * Of("norm")[row] * gate[row]));
    }

    private static double Silu(double x, int position) => x / (1 + Math.Exp(-x));

    private static double[] Unit(double[] values)
    {
        double norm = Math.Sqrt(Dot(values, values) + 1e-6);
        return Each(values, (value, _) => value / norm);
    }
}
