using System;
using System.Globalization;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Hasani et al., Closed-form continuous-time neural networks, 2022: the default mode of the published code.</summary>
public sealed class PublishedCfc(int input, int size, int backboneSize, double timeStep)
    : PublishedCell(string.Create(CultureInfo.InvariantCulture, $"Recurrent.Cfc({size}, {backboneSize}, {timeStep})"), input, size)
{
    public override (double[] Output, double[][] States) Step(double[] x, double[][] states, Weights weights)
    {
        double[] both = [.. x, .. states[0]];
        double[] backbone = new double[backboneSize];
        for (int k = 0; k < backboneSize; k++)
        {
            backbone[k] = 1.7159 * Math.Tanh(0.666 * (Row(weights["backbone.0.weight"], k, both) + weights["backbone.0.bias"][k]));
        }

        double[] next = new double[size];
        for (int k = 0; k < size; k++)
        {
            double Head(string name) => Row(weights[name + ".weight"], k, backbone) + weights[name + ".bias"][k];
            double gate = Sigmoid((Head("time_a") * timeStep) + Head("time_b"));
            next[k] = (Math.Tanh(Head("ff1")) * (1 - gate)) + (gate * Math.Tanh(Head("ff2")));
        }

        return (next, [next]);
    }

    public override (double[] Output, double[][] States) Call(Vec x, double[][] states, Weights weights)
    {
        double[] h = ToArray(Cfc.Step(
            x, new Vec(states[0]),
            weights.Mat("backbone.0.weight"), weights.Vec("backbone.0.bias"),
            weights.Mat("ff1.weight"), weights.Vec("ff1.bias"),
            weights.Mat("ff2.weight"), weights.Vec("ff2.bias"),
            weights.Mat("time_a.weight"), weights.Vec("time_a.bias"),
            weights.Mat("time_b.weight"), weights.Vec("time_b.bias"),
            timeStep));
        return (h, [h]);
    }
}
