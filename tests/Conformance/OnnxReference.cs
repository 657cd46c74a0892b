using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// ONNX's recurrent operators as its specification writes them, in double precision: how near the outputs of a run are to what its weights give.
/// </summary>
public static class OnnxReference
{
    public static OnnxResults Run(OnnxRun run)
    {
        OnnxResults results = new(run);
        for (int direction = 0; direction < run.Directions; direction++)
        {
            for (int element = 0; element < run.Batch; element++)
            {
                double[] h = Doubles(run.Initial("initial_h", direction, element));
                double[] c = Doubles(run.Initial("initial_c", direction, element));
                double[][] outputs = new double[run.Length(element)][];
                IEnumerable<int> steps = Enumerable.Range(0, outputs.Length);
                foreach (int step in run.IsReverse(direction) ? steps.Reverse() : steps)
                {
                    Cell cell = new(run, direction, Doubles(run.Inputs["X"].At(step, element)));
                    (h, c) = run.Operator switch
                    {
                        "RNN" => (cell.Rnn(h), c),
                        "GRU" => (cell.Gru(h), c),
                        _ => cell.Lstm(h, c),
                    };
                    outputs[step] = h;
                }

                results.Add(direction, element, outputs.SelectMany(row => row).ToArray(), h, c);
            }
        }

        return results;
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>One time step of one direction.</summary>
    private sealed class Cell(OnnxRun run, int direction, double[] x)
    {
        private readonly OnnxActivation[] _activations = run.Activations[direction];
        private readonly float[] _biases = run.Biases(direction);
        private readonly float[] _peepholes = run.Peepholes(direction);

        public double[] Rnn(double[] h) => Rows(j => Activate(0, Input(0, j) + Recurrent(0, j, h)));

        public double[] Gru(double[] h)
        {
            double[] z = Rows(j => Activate(0, Input(0, j) + Recurrent(0, j, h)));
            double[] r = Rows(j => Activate(0, Input(1, j) + Recurrent(1, j, h)));
            double[] reset = Rows(j => r[j] * h[j]);
            return Rows(j =>
            {
                double recurrent = run.LinearBeforeReset ? r[j] * Recurrent(2, j, h) : Recurrent(2, j, reset);
                return ((1 - z[j]) * Activate(1, Input(2, j) + recurrent)) + (z[j] * h[j]);
            });
        }

        public (double[] H, double[] C) Lstm(double[] h, double[] c)
        {
            double[] i = Rows(j => Activate(0, Input(0, j) + Recurrent(0, j, h) + (_peepholes[j] * c[j])));
            double[] f = Rows(j => run.InputForget
                ? 1 - i[j]
                : Activate(0, Input(2, j) + Recurrent(2, j, h) + (_peepholes[(2 * run.Hidden) + j] * c[j])));
            double[] next = Rows(j => (f[j] * c[j]) + (i[j] * Activate(1, Input(3, j) + Recurrent(3, j, h))));
            double[] o = Rows(j => Activate(0, Input(1, j) + Recurrent(1, j, h) + (_peepholes[run.Hidden + j] * next[j])));
            return (Rows(j => o[j] * Activate(2, next[j])), next);
        }

        private double[] Rows(Func<int, double> row) => Enumerable.Range(0, run.Hidden).Select(row).ToArray();

        private double Activate(int function, double sum) =>
            _activations[function].Apply(run.Clip > 0 ? Math.Clamp(sum, -run.Clip, run.Clip) : sum);

        private double Input(int gate, int row) => Product("W", gate, row, x) + _biases[(gate * run.Hidden) + row];

        private double Recurrent(int gate, int row, double[] h) => Product("R", gate, row, h) + _biases[((run.Gates + gate) * run.Hidden) + row];

        private double Product(string weights, int gate, int row, double[] vector) =>
            run.Inputs[weights].At(direction, (gate * run.Hidden) + row).Zip(vector, (weight, value) => weight * value).Sum();
    }
}
