using System;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Gu and Dao, Mamba, 2023: algorithm 2, and the recurrence of its published code.</summary>
public sealed class PublishedSelectiveStateSpace(int size, int stateSize, int rank)
    : PublishedCell($"Recurrent.SelectiveStateSpace({stateSize}, {rank})", size, size * stateSize)
{
    public override (double[] Output, double[][] States) Step(double[] x, double[][] states, Weights weights)
    {
        double[] projection = weights["x_proj.weight"];
        double[] narrow = new double[rank];
        for (int i = 0; i < rank; i++)
        {
            narrow[i] = Row(projection, i, x);
        }

        double[] next = new double[Input * stateSize];
        double[] y = new double[Input];
        for (int d = 0; d < Input; d++)
        {
            double delta = Softplus(Row(weights["dt_proj.weight"], d, rank > 0 ? narrow : x) + weights["dt_proj.bias"][d]);
            for (int n = 0; n < stateSize; n++)
            {
                double b = Row(projection, rank + n, x);
                double c = Row(projection, rank + stateSize + n, x);
                double a = -Math.Exp(weights["A_log"][(d * stateSize) + n]);
                double state = (Math.Exp(delta * a) * states[0][(d * stateSize) + n]) + (delta * b * x[d]);
                next[(d * stateSize) + n] = state;
                y[d] += c * state;
            }

            y[d] += weights["D"][d] * x[d];
        }

        return (y, [next]);
    }

    public override (double[] Output, double[][] States) Call(Vec x, double[][] states, Weights weights)
    {
        (Vec y, Mat next) = SelectiveStateSpace.Step(
            x,
            new Mat(Input, stateSize, states[0]),
            weights.Mat("A_log"),
            weights.Mat("x_proj.weight", 0, rank),
            weights.Mat("x_proj.weight", rank, stateSize),
            weights.Mat("x_proj.weight", rank + stateSize, stateSize),
            weights.Mat("dt_proj.weight"),
            weights.Vec("dt_proj.bias"),
            weights.Vec("D"),
            rank);
        return (ToArray(y), [next.AsSpan().ToArray()]);
    }
}
