using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>The gated recurrent unit of Cho et al. 2014, and with the reset gate behind the recurrent product.</summary>
public sealed record PaperGru(int Hidden) : IPaper
{
    public bool ResetAfter { get; init; } = true;

    public bool SingleBias { get; init; }

    public double Clip { get; init; } = double.PositiveInfinity;

    public Func<double, double> Gate { get; init; } = x => 1 / (1 + Math.Exp(-x));

    public Func<double, double> Candidate { get; init; } = Math.Tanh;

    public IReadOnlyList<string> Tensors =>
        SingleBias ? ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0"] : ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];

    public double[] Step(PaperTensors tensors, double[] x, double[] state)
    {
        double[] h = [.. state];
        double[] reset = new double[Hidden];
        double[] kept = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
        {
            reset[j] = Gate(Clipped(Input(tensors, j, x) + Recurrent(tensors, j, h)));
            kept[j] = reset[j] * h[j];
        }

        for (int j = 0; j < Hidden; j++)
        {
            double z = Gate(Clipped(Input(tensors, Hidden + j, x) + Recurrent(tensors, Hidden + j, h)));
            int row = (2 * Hidden) + j;
            double recurrent = ResetAfter ? reset[j] * Recurrent(tensors, row, h) : Recurrent(tensors, row, kept);
            double n = Candidate(Clipped(Input(tensors, row, x) + recurrent));
            state[j] = ((1 - z) * n) + (z * h[j]);
        }

        return [.. state];
    }

    private double Clipped(double x) => Math.Clamp(x, -Clip, Clip);

    private static double Input(PaperTensors tensors, int row, double[] x) => tensors.Product("weight_ih_l0", row, x) + tensors.At("bias_ih_l0", row);

    private double Recurrent(PaperTensors tensors, int row, double[] h) =>
        tensors.Product("weight_hh_l0", row, h) + (SingleBias ? 0 : tensors.At("bias_hh_l0", row));
}
