using System;
using System.Linq;
using Recurrent.Bench.Compare;
using TorchSharp;
using TorchSharp.Modules;

namespace Recurrent.Bench.Peers;

/// <summary>Steps of training of libtorch's <c>LSTM</c> or <c>GRU</c> on one batch, by the mean squared error.</summary>
public sealed class TorchTraining : IWork
{
    private readonly LSTM? _lstm;
    private readonly GRU? _gru;
    private readonly Parameter[] _parameters;
    private readonly Adam _adam;
    private readonly torch.Tensor _inputs;
    private readonly torch.Tensor _targets;
    private readonly float[] _loss = new float[1];

    public TorchTraining(Workload workload)
    {
        Layer layer = workload.Layer;
        torch.nn.Module module;
        if (layer.IsLstm)
        {
            module = _lstm = torch.nn.LSTM(layer.Input, layer.Hidden);
        }
        else
        {
            module = _gru = torch.nn.GRU(layer.Input, layer.Hidden);
        }

        TorchPeer.SetWeights(module, layer);
        _parameters = [.. module.parameters()];
        _adam = torch.optim.Adam(_parameters, lr: Workload.LearningRate);
        _inputs = StepsFirst(workload.Inputs, workload, layer.Input);
        _targets = StepsFirst(workload.Targets, workload, layer.Hidden);
    }

    public ReadOnlySpan<float> Result => _loss;

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            _adam.zero_grad();
            torch.Tensor outputs = _lstm is null ? _gru!.forward(_inputs, null!).Item1 : _lstm.forward(_inputs, null).Item1;
            torch.Tensor loss = torch.nn.functional.mse_loss(outputs, _targets);
            loss.backward();
            torch.nn.utils.clip_grad_norm_(_parameters, Workload.ClipNorm);
            _adam.step();
            _loss[0] = loss.item<float>();
        }
    }

    public void Dispose()
    {
        _adam.Dispose();
        _lstm?.Dispose();
        _gru?.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }

    /// <summary>[Streams, Steps, size] as [Steps, Streams, size], the order in which libtorch is fastest.</summary>
    private static torch.Tensor StepsFirst(float[] values, Workload workload, int size)
    {
        using torch.Tensor streamsFirst = torch.tensor(values, workload.Streams, workload.Steps, size);
        using torch.Tensor transposed = streamsFirst.transpose(0, 1);
        return transposed.contiguous();
    }
}
