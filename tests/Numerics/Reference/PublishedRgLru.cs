using System;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>De et al., Griffin, 2024, equations 1 to 4.</summary>
public sealed class PublishedRgLru(int size) : PublishedCell("Recurrent.RgLru", size, size)
{
    public override (double[] Output, double[][] States) Step(double[] x, double[][] states, Weights weights)
    {
        double[] next = new double[x.Length];
        for (int k = 0; k < next.Length; k++)
        {
            double r = Sigmoid(Row(weights["a_gate.weight"], k, x) + weights["a_gate.bias"][k]);
            double i = Sigmoid(Row(weights["input_gate.weight"], k, x) + weights["input_gate.bias"][k]);
            double decay = 1 / (1 + Math.Exp(weights["a_param"][k])); // sigmoid of -Lambda
            double a = Math.Pow(decay, 8 * r);
            next[k] = (a * states[0][k]) + (Math.Sqrt(1 - (a * a)) * (i * x[k]));
        }

        return (next, [next]);
    }

    public override (double[] Output, double[][] States) Call(Vec x, double[][] states, Weights weights)
    {
        double[] h = ToArray(RgLru.Step(
            x, new Vec(states[0]), weights.Vec("a_param"), weights.Mat("a_gate.weight"), weights.Vec("a_gate.bias"), weights.Mat("input_gate.weight"), weights.Vec("input_gate.bias")));
        return (h, [h]);
    }
}
