using System;
using System.Collections.Generic;
using Recurrent.Tests.Training.Shapes;
using TorchSharp;
using TorchSharp.Modules;

namespace Recurrent.Bench.Gradients;

/// <summary>libtorch's <c>LSTM</c> or <c>GRU</c> of two layers, in double precision, with the numbers of <see cref="TorchTask"/>.</summary>
internal sealed class TorchLayer : IDisposable
{
    private const int HiddenSize = 4;
    private const int Layers = 2;

    private readonly LSTM? _lstm;
    private readonly GRU? _gru;
    private readonly int _parts;

    /// <param name="name">What our layer's tensors begin with.</param>
    /// <param name="isLstm">Whether it is an LSTM.</param>
    /// <param name="isBidirectional">Whether it runs in both directions.</param>
    public TorchLayer(string name, bool isLstm, bool isBidirectional)
    {
        _parts = Layers * (isBidirectional ? 2 : 1);
        torch.nn.Module module = isLstm
            ? _lstm = torch.nn.LSTM(TorchTask.InputSize, HiddenSize, Layers, bidirectional: isBidirectional, dtype: torch.float64)
            : _gru = torch.nn.GRU(TorchTask.InputSize, HiddenSize, Layers, bidirectional: isBidirectional, dtype: torch.float64);
        Named = TorchParameters.Set(module, name);
    }

    /// <summary>The parameters, under the names of our tensors.</summary>
    public IReadOnlyList<(string Name, torch.Tensor Tensor)> Named { get; }

    /// <summary>Floats of the state: of each layer and direction h, and c behind it.</summary>
    public int StateSize => _parts * HiddenSize * (_lstm is null ? 1 : 2);

    /// <summary>Runs a sequence.</summary>
    /// <param name="x">[steps, input size]</param>
    /// <param name="state">[StateSize], in our order.</param>
    /// <returns>[steps, outputs], and the state behind the last step.</returns>
    public (torch.Tensor Outputs, torch.Tensor State) Run(torch.Tensor x, torch.Tensor state)
    {
        if (_lstm is null)
        {
            (torch.Tensor outputs, torch.Tensor h) = _gru!.forward(x.unsqueeze(1), state.reshape(_parts, 1, HiddenSize));
            return (outputs.squeeze(1), h.reshape(-1));
        }

        torch.Tensor parts = state.reshape(_parts, 2, 1, HiddenSize);
        (torch.Tensor y, torch.Tensor lastH, torch.Tensor lastC) = _lstm.forward(x.unsqueeze(1), (parts.select(1, 0).contiguous(), parts.select(1, 1).contiguous()));
        return (y.squeeze(1), torch.stack([lastH, lastC], 1).reshape(-1));
    }

    public void Dispose()
    {
        _lstm?.Dispose();
        _gru?.Dispose();
    }
}
