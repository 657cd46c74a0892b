using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>
/// Peng et al., RWKV-7, 2025, section 4 and its appendix of pseudocode, with the matrix that the memory is multiplied with written out: one head, the first layer.
/// </summary>
public sealed class PaperRwkv7(IReadOnlyDictionary<string, double[]> parameters, int input, int size) : PaperCell(parameters)
{
    private double[] _previous = new double[input];
    private double[] _memory = new double[size * size];

    public override double[] State => [.. _previous, .. _memory];

    public override double[] Step(double[] x)
    {
        double[] r = Affine("Wr", Mix(x, "mixR"));
        double[] k = Affine("Wk", Mix(x, "mixK"));
        double[] v = Affine("Wv", Mix(x, "mixV"));
        double[] d = Affine("w2", Each(Affine("w1", Mix(x, "mixW")), (value, _) => Math.Tanh(value)), "w0");
        double[] w = Each(d, (value, _) => Math.Exp(-Math.Exp(-0.5) * Sigmoid(value)));
        double[] a = Each(Affine("a2", Affine("a1", Mix(x, "mixA")), "a0"), (value, _) => Sigmoid(value));
        double[] g = Affine("g2", Each(Affine("g1", Mix(x, "mixG")), (value, _) => Sigmoid(value)));
        _previous = x;

        double[] kappa = Each(k, (value, i) => value * Of("removal")[i]);
        double norm = Math.Sqrt(Dot(kappa, kappa) + 1e-12);
        kappa = Each(kappa, (value, _) => value / norm);
        double[] key = Each(k, (value, i) => value * (1 - Of("replacement")[i] + (a[i] * Of("replacement")[i])));
        double[] next = new double[_memory.Length];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double sum = v[row] * key[column];
                for (int inner = 0; inner < size; inner++)
                {
                    double transition = (inner == column ? w[column] : 0) - (kappa[inner] * a[column] * kappa[column]);
                    sum += _memory[(row * size) + inner] * transition;
                }

                next[(row * size) + column] = sum;
            }
        }

        _memory = next;
        double[] read = Product(_memory, r);
        double mean = read.Sum() / size;
        double variance = read.Sum(value => (value - mean) * (value - mean)) / size;
        double bonus = Dot(r, Each(key, (value, i) => value * Of("bonus")[i]));
        return Affine("Wo", Each(read, (value, i) =>
            g[i] * (((value - mean) / Math.Sqrt(variance + 64e-5) * Of("normWeight")[i]) + Of("normBias")[i] + (bonus * v[i]))));
    }

    private double[] Mix(double[] x, string mix) => Each(x, (value, i) => value + ((_previous[i] - value) * Of(mix)[i]));
}
