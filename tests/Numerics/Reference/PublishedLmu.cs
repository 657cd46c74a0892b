using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Voelker, Kajić and Eliasmith, Legendre memory units, 2019: equations 4 to 7.</summary>
public sealed class PublishedLmu(int input, int size, int memorySize, int theta, bool trainMemory)
    : PublishedCell($"Recurrent.Lmu({size}, {memorySize}, {theta}, {(trainMemory ? "true" : "false")})", input, size, memorySize)
{
    public override IReadOnlyList<string> Constants => trainMemory ? [] : ["A", "B"];

    public override (double[] Output, double[][] States) Step(double[] x, double[][] states, Weights weights)
    {
        double u = Row(weights["ex"], 0, x) + Row(weights["eh"], 0, states[0]) + Row(weights["em"], 0, states[1]);
        double[] memory = new double[memorySize];
        for (int i = 0; i < memorySize; i++)
        {
            memory[i] = Row(weights["A"], i, states[1]) + (weights["B"][i] * u);
        }

        double[] h = new double[size];
        for (int i = 0; i < size; i++)
        {
            h[i] = Math.Tanh(Row(weights["Wx"], i, x) + Row(weights["Wh"], i, states[0]) + Row(weights["Wm"], i, memory));
        }

        return (h, [h, memory]);
    }

    public override (double[] Output, double[][] States) Call(Vec x, double[][] states, Weights weights)
    {
        (Vec h, Vec m) = Lmu.Step(
            x, new Vec(states[0]), new Vec(states[1]),
            weights.Vec("ex"), weights.Vec("eh"), weights.Vec("em"),
            weights.Mat("A"), weights.Vec("B"),
            weights.Mat("Wx"), weights.Mat("Wh"), weights.Mat("Wm"),
            trainMemory);
        return (ToArray(h), [ToArray(h), ToArray(m)]);
    }
}
