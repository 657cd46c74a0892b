using System;
using System.Linq;
using Recurrent.Bench.Compare;
using TorchSharp;
using TorchSharp.Modules;

namespace Recurrent.Bench.Peers;

/// <summary>libtorch's <c>LSTMCell</c> or <c>GRUCell</c>, without gradients.</summary>
public sealed class TorchStep : IWork
{
    private readonly LSTMCell? _lstm;
    private readonly GRUCell? _gru;
    private readonly torch.Tensor[] _inputs;
    private readonly float[] _result;
    private torch.Tensor _hidden;
    private torch.Tensor _cell;
    private int _next;

    public TorchStep(Workload workload)
    {
        Layer layer = workload.Layer;
        if (layer.IsLstm)
        {
            _lstm = torch.nn.LSTMCell(layer.Input, layer.Hidden);
            TorchPeer.SetWeights(_lstm, layer);
        }
        else
        {
            _gru = torch.nn.GRUCell(layer.Input, layer.Hidden);
            TorchPeer.SetWeights(_gru, layer);
        }

        _inputs = [.. workload.Inputs.Chunk(layer.Input).Select(input => torch.tensor(input, 1, layer.Input))];
        _result = new float[layer.Hidden];
        _hidden = torch.zeros(1, layer.Hidden);
        _cell = torch.zeros(1, layer.Hidden);
    }

    public ReadOnlySpan<float> Result
    {
        get
        {
            _hidden.data<float>().CopyTo(_result);
            return _result;
        }
    }

    public void Repeat(int count)
    {
        using IDisposable noGradients = torch.no_grad();
        for (int i = 0; i < count; i++)
        {
            torch.Tensor hidden = _hidden;
            if (_lstm is null)
            {
                _hidden = _gru!.forward(_inputs[_next], hidden);
            }
            else
            {
                torch.Tensor cell = _cell;
                (_hidden, _cell) = _lstm.forward(_inputs[_next], (hidden, cell));
                cell.Dispose();
            }

            hidden.Dispose();
            _next = _next + 1 == _inputs.Length ? 0 : _next + 1;
        }
    }

    public void Dispose()
    {
        _lstm?.Dispose();
        _gru?.Dispose();
        _hidden.Dispose();
        _cell.Dispose();
        foreach (torch.Tensor input in _inputs)
        {
            input.Dispose();
        }
    }
}
