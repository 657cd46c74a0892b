using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Bradbury et al. 2017, equations 1 and 5: a masked convolution over the inputs so far, and fo-pooling.</summary>
public sealed class PaperQrnn(IReadOnlyDictionary<string, double[]> parameters, int input, int size, int window) : PaperCell(parameters)
{
    private readonly List<double[]> _inputs = [];
    private double[] _c = new double[size];

    public override double[] State
    {
        get
        {
            List<double> state = [.. _c];
            for (int back = 0; back < window - 1; back++)
            {
                state.AddRange(Past(back));
            }

            return window == 1 ? [.. _c, 0] : [.. state];
        }
    }

    public override double[] Step(double[] x)
    {
        _inputs.Add(x);
        double[] z = Each(Convolve("z"), (sum, _) => Math.Tanh(sum));
        double[] f = Each(Convolve("f"), (sum, _) => Sigmoid(sum));
        double[] o = Each(Convolve("o"), (sum, _) => Sigmoid(sum));
        _c = Each(_c, (old, unit) => (f[unit] * old) + ((1 - f[unit]) * z[unit]));
        return Each(_c, (c, unit) => o[unit] * c);
    }

    private double[] Convolve(string name)
    {
        double[] sums = (double[])Of("b" + name).Clone();
        for (int unit = 0; unit < size; unit++)
        {
            for (int back = 0; back < window; back++)
            {
                for (int channel = 0; channel < input; channel++)
                {
                    sums[unit] += Of("W" + name)[(((unit * window) + back) * input) + channel] * Past(back)[channel];
                }
            }
        }

        return sums;
    }

    private double[] Past(int back) => back < _inputs.Count ? _inputs[^(1 + back)] : new double[input];
}
