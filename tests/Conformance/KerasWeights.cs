using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// Reads the models that Keras exported, as tensors under PyTorch's names.
/// </summary>
/// <remarks>
/// Keras multiplies a row vector by its kernels: they are [inputs, gates x hidden], where PyTorch has [gates x hidden, inputs].
/// LSTM: the gates are i f c o, which is PyTorch's i f g o. There is one bias, so the other is zero.
/// GRU (reset_after): the gates are z r h where PyTorch has r z n; the two rows of the bias are that of the input and that of the state.
/// Both compute z h + (1 - z) n.
/// </remarks>
public static class KerasWeights
{
    public static IReadOnlyDictionary<string, Tensor> Read(JsonElement model)
    {
        Dictionary<string, Tensor> tensors = [];
        int position = 0;
        foreach (JsonElement layer in model.GetProperty("layers").EnumerateArray())
        {
            string kind = layer.GetProperty("type").GetString()!;
            JsonElement weights = layer.GetProperty("weights");
            switch (kind)
            {
                case "dense" or "time-distributed-dense":
                    Dense(tensors, Prefix("dense", position), weights);
                    break;
                case "lstm":
                    Lstm(tensors, Prefix("lstm", position), weights);
                    break;
                case "gru":
                    Gru(tensors, Prefix("gru", position), weights);
                    break;
                default:
                    throw new NotSupportedException($"A layer of the kind '{kind}'.");
            }

            position++;
        }

        return tensors;
    }

    private static string Prefix(string kind, int position) => kind + position.ToString(CultureInfo.InvariantCulture) + ".";

    private static void Dense(Dictionary<string, Tensor> tensors, string prefix, JsonElement weights)
    {
        tensors[prefix + "weight"] = Tensor.Of(weights[0]).Transposed();
        tensors[prefix + "bias"] = Tensor.Of(weights[1]);
    }

    private static void Lstm(Dictionary<string, Tensor> tensors, string prefix, JsonElement weights)
    {
        Tensor bias = Tensor.Of(weights[2]);
        tensors[prefix + "weight_ih_l0"] = Tensor.Of(weights[0]).Transposed();
        tensors[prefix + "weight_hh_l0"] = Tensor.Of(weights[1]).Transposed();
        tensors[prefix + "bias_ih_l0"] = bias;
        tensors[prefix + "bias_hh_l0"] = bias with { Values = new float[bias.Values.Length] };
    }

    private static void Gru(Dictionary<string, Tensor> tensors, string prefix, JsonElement weights)
    {
        Tensor biases = Tensor.Of(weights[2]);
        tensors[prefix + "weight_ih_l0"] = Tensor.Of(weights[0]).Transposed().Grouped(1, 0, 2);
        tensors[prefix + "weight_hh_l0"] = Tensor.Of(weights[1]).Transposed().Grouped(1, 0, 2);
        tensors[prefix + "bias_ih_l0"] = biases.Row(0).Grouped(1, 0, 2);
        tensors[prefix + "bias_hh_l0"] = biases.Row(1).Grouped(1, 0, 2);
    }
}
