using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>
/// Long short-term memory: Gers, Schmidhuber and Cummins 2000; peepholes of Gers and Schmidhuber 2000; coupled gates of Greff et al. 2017;
/// projection and cell clip of Sak et al. 2014; layer normalisation of Ba et al. 2016.
/// </summary>
public sealed record PaperLstm(int Hidden) : IPaper
{
    public bool Peepholes { get; init; }

    public bool Coupled { get; init; }

    public int Projection { get; init; }

    public bool Normalised { get; init; }

    public double Clip { get; init; } = double.PositiveInfinity;

    public double CellClip { get; init; } = double.PositiveInfinity;

    public Func<double, double> Gate { get; init; } = x => 1 / (1 + Math.Exp(-x));

    public Func<double, double> Candidate { get; init; } = Math.Tanh;

    public Func<double, double> Output { get; init; } = Math.Tanh;

    public IReadOnlyList<string> Tensors =>
    [
        "weight_ih_l0", "weight_hh_l0",
        .. Normalised ? Array.Empty<string>() : ["bias_ih_l0", "bias_hh_l0"],
        .. Peepholes ? ["weight_ch_l0"] : Array.Empty<string>(),
        .. Normalised ? ["weight_norm_l0", "bias_norm_l0", "weight_norm_c_l0", "bias_norm_c_l0"] : Array.Empty<string>(),
        .. Projection > 0 ? ["weight_hr_l0"] : Array.Empty<string>(),
    ];

    public double[] Step(PaperTensors tensors, double[] x, double[] state)
    {
        int size = Projection > 0 ? Projection : Hidden;
        double[] h = state[..size];
        double[] c = state[size..];
        double[] i = Sums(tensors, 'i', x, h);
        double[] f = Coupled ? new double[Hidden] : Sums(tensors, 'f', x, h);
        double[] g = Sums(tensors, 'g', x, h);
        double[] o = Sums(tensors, 'o', x, h);
        double[] next = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
        {
            i[j] = Gate(Clipped(i[j] + Peephole(tensors, 'i', j, c[j])));
            f[j] = Coupled ? 1 - i[j] : Gate(Clipped(f[j] + Peephole(tensors, 'f', j, c[j])));
            g[j] = Candidate(Clipped(g[j]));
            next[j] = Math.Clamp((f[j] * c[j]) + (i[j] * g[j]), -CellClip, CellClip);
            o[j] = Gate(Clipped(o[j] + Peephole(tensors, 'o', j, next[j])));
        }

        double[] seen = Normalised ? Normal(next, j => tensors.At("weight_norm_c_l0", j), j => tensors.At("bias_norm_c_l0", j)) : next;
        double[] cells = [.. o.Select((gate, j) => gate * Output(Clipped(seen[j])))];
        double[] y = Projection > 0 ? [.. Enumerable.Range(0, Projection).Select(row => tensors.Product("weight_hr_l0", row, cells))] : cells;
        y.CopyTo(state, 0);
        next.CopyTo(state, size);
        return y;
    }

    private double Clipped(double x) => Math.Clamp(x, -Clip, Clip);

    private double Peephole(PaperTensors tensors, char gate, int j, double cell) =>
        Peepholes ? tensors.At("weight_ch_l0", ((Coupled ? "io" : "ifo").IndexOf(gate, StringComparison.Ordinal) * Hidden) + j) * cell : 0;

    /// <summary>What a gate sums up, but for its peephole.</summary>
    private double[] Sums(PaperTensors tensors, char gate, double[] x, double[] h)
    {
        int first = (Coupled ? "igo" : "ifgo").IndexOf(gate, StringComparison.Ordinal) * Hidden;
        double[] sums = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
        {
            sums[j] = tensors.Product("weight_ih_l0", first + j, x) + tensors.Product("weight_hh_l0", first + j, h);
            sums[j] += Normalised ? 0 : tensors.At("bias_ih_l0", first + j) + tensors.At("bias_hh_l0", first + j);
        }

        return Normalised ? Normal(sums, j => tensors.At("weight_norm_l0", first + j), j => tensors.At("bias_norm_l0", first + j)) : sums;
    }

    private static double[] Normal(double[] values, Func<int, double> weight, Func<int, double> bias)
    {
        double mean = values.Average();
        double variance = values.Select(value => (value - mean) * (value - mean)).Average();
        return [.. values.Select((value, j) => ((value - mean) / Math.Sqrt(variance + 1e-5) * weight(j)) + bias(j))];
    }
}
