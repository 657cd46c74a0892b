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

    /// <summary><c>nn.Conv1d</c> of a sequence that is padded in front by as many zeros as its first filter reaches back; each output stays for a stride.</summary>
    public static double[][] Conv1d(double[][] inputs, IReadOnlyDictionary<string, double[]> tensors, int kernel, int stride, int dilation, int groups)
    {
        int channels = tensors["bias"].Length;
        int depth = inputs[0].Length / groups;
        double[][] outputs = new double[inputs.Length][];
        for (int t = 0; t < inputs.Length; t++)
        {
            outputs[t] = new double[channels];
            for (int channel = 0; channel < channels; channel++)
            {
                int group = channel / (channels / groups);
                double sum = tensors["bias"][channel];
                for (int input = 0; input < depth; input++)
                {
                    for (int k = 0; k < kernel; k++)
                    {
                        int from = t - (t % stride) - ((kernel - 1 - k) * dilation);
                        sum += from < 0 ? 0 : tensors["weight"][(((channel * depth) + input) * kernel) + k] * inputs[from][(group * depth) + input];
                    }
                }

                outputs[t][channel] = sum;
            }
        }

        return outputs;
    }

    private static double[][] Each(double[][] inputs, Func<double[], double[]> step) => [.. inputs.Select(step)];
}
