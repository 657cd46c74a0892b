using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>The recurrent network of Elman 1990.</summary>
public sealed record PaperRnn(int Hidden, Func<double, double> Activation) : IPaper
{
    public double Clip { get; init; } = double.PositiveInfinity;

    public IReadOnlyList<string> Tensors => ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];

    public double[] Step(PaperTensors tensors, double[] x, double[] state)
    {
        double[] h = [.. state];
        for (int j = 0; j < Hidden; j++)
        {
            double sum = tensors.Product("weight_ih_l0", j, x) + tensors.At("bias_ih_l0", j) + tensors.Product("weight_hh_l0", j, h) + tensors.At("bias_hh_l0", j);
            state[j] = Activation(Math.Clamp(sum, -Clip, Clip));
        }

        return [.. state];
    }
}
