using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Layers of PyTorch over whole sequences, as loops over arrays: neither the language of equations nor the generator takes part.</summary>
public static class SequenceLayer
{
    /// <summary><c>nn.LayerNorm</c>.</summary>
    public static double[][] LayerNorm(double[][] inputs, IReadOnlyDictionary<string, double[]> tensors, double epsilon) => Each(inputs, x =>
    {
        double mean = x.Sum() / x.Length;
        double variance = x.Sum(value => (value - mean) * (value - mean)) / x.Length;
        return [.. x.Select((value, i) => ((value - mean) / Math.Sqrt(variance + epsilon) * tensors["weight"][i]) + tensors["bias"][i])];
    });

    /// <summary><c>nn.BatchNorm1d</c> that is set to <c>eval()</c>.</summary>
    public static double[][] BatchNorm(double[][] inputs, IReadOnlyDictionary<string, double[]> tensors, double epsilon) => Each(inputs, x =>
        [.. x.Select((value, i) => ((value - tensors["running_mean"][i]) / Math.Sqrt(tensors["running_var"][i] + epsilon) * tensors["weight"][i]) + tensors["bias"][i])]);

    /// <summary><c>nn.PReLU</c>.</summary>
    public static double[][] PRelu(double[][] inputs, IReadOnlyDictionary<string, double[]> tensors) => Each(inputs, x =>
        [.. x.Select((value, i) => value > 0 ? value : value * tensors["weight"][tensors["weight"].Length == 1 ? 0 : i])]);

    /// <summary><c>nn.Softmax(-1)</c>.</summary>
    public static double[][] Softmax(double[][] inputs) => Each(inputs, x =>
    {
        double greatest = x.Max();
        double sum = x.Sum(value => Math.Exp(value - greatest));
        return [.. x.Select(value => Math.Exp(value - greatest) / sum)];
    });

    private static double[][] Each(double[][] inputs, Func<double[], double[]> step) => [.. inputs.Select(step)];
}
