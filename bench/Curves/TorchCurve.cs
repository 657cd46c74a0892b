using System;
using System.Linq;
using Recurrent.Bench.Compare;
using Recurrent.Bench.Peers;
using Recurrent.Tests.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace Recurrent.Bench.Curves;

/// <summary>libtorch's <c>LSTM</c> or <c>GRU</c> with the weights of a layer, trained as <see cref="LossCurve"/> says.</summary>
public sealed class TorchCurve : IDisposable
{
    private readonly LSTM? _lstm;
    private readonly GRU? _gru;
    private readonly Parameter[] _parameters;
    private readonly Adam _adam;

    public TorchCurve(Layer layer)
    {
        torch.nn.Module module = layer.IsLstm
            ? _lstm = torch.nn.LSTM(layer.Input, layer.Hidden, batchFirst: true)
            : _gru = torch.nn.GRU(layer.Input, layer.Hidden, batchFirst: true);
        TorchPeer.SetWeights(module, layer);
        _parameters = [.. module.parameters()];
        _adam = torch.optim.Adam(_parameters, lr: LossCurve.LearningRate);
    }

    /// <returns>The loss before the step.</returns>
    public double TrainBatch(float[] inputs, float[] targets)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(inputs, LossCurve.BatchSize, LossCurve.Steps, LossCurve.InputSize);
        torch.Tensor wanted = torch.tensor(targets, LossCurve.BatchSize, LossCurve.Steps, LossCurve.HiddenSize);
        _adam.zero_grad();
        torch.Tensor outputs = _lstm is null ? _gru!.forward(x, null!).Item1 : _lstm.forward(x, null).Item1;
        torch.Tensor loss = torch.nn.functional.mse_loss(outputs, wanted);
        loss.backward();
        torch.nn.utils.clip_grad_norm_(_parameters, LossCurve.ClipNorm);
        _adam.step();
        return loss.item<float>();
    }

    public void Dispose()
    {
        _adam.Dispose();
        _lstm?.Dispose();
        _gru?.Dispose();
    }
}
