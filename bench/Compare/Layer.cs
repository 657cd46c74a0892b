using System;

namespace Recurrent.Bench.Compare;

/// <summary>A recurrent layer and its weights, as PyTorch has them: gates i f g o of an LSTM, r z n of a GRU.</summary>
/// <param name="Cell"><c>lstm</c> or <c>gru</c>.</param>
/// <param name="Input">Floats of the input.</param>
/// <param name="Hidden">Floats of the hidden state.</param>
/// <param name="InputWeights">[gates * Hidden, Input]</param>
/// <param name="HiddenWeights">[gates * Hidden, Hidden]</param>
/// <param name="InputBias">[gates * Hidden]</param>
/// <param name="HiddenBias">[gates * Hidden]</param>
public sealed record Layer(
    string Cell, int Input, int Hidden, float[] InputWeights, float[] HiddenWeights, float[] InputBias, float[] HiddenBias)
{
    public bool IsLstm => Cell == "lstm";

    /// <summary>The layer of a network that has one.</summary>
    public static Layer Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] parameters = new float[TNetwork.ParameterCount];
        network.CopyParametersTo(parameters);

        string first = TNetwork.Parameters[0].Name;
        return new Layer(
            first[..first.IndexOf('0', StringComparison.Ordinal)],
            TNetwork.InputSize,
            TNetwork.OutputSize,
            Tensor("weight_ih_l0"),
            Tensor("weight_hh_l0"),
            Tensor("bias_ih_l0"),
            Tensor("bias_hh_l0"));

        float[] Tensor(string name)
        {
            foreach (TensorInfo tensor in TNetwork.Parameters)
            {
                if (tensor.Name.EndsWith("." + name, StringComparison.Ordinal))
                {
                    return parameters.AsSpan(tensor.Offset, tensor.Shape.Length).ToArray();
                }
            }

            throw new ArgumentException($"The network has no tensor {name}; one LSTM or GRU layer is wanted.", nameof(network));
        }
    }
}
