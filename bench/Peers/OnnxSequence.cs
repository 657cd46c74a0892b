using System;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>A model of a whole sequence, each time from a state of zeros. It gives what ours gives: all outputs and the last states.</summary>
public sealed class OnnxSequence : IWork
{
    private readonly RunOptions _options = new();
    private readonly OnnxTensors _tensors = new();
    private readonly InferenceSession _session;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly float[] _result;

    public OnnxSequence(Workload workload)
    {
        Layer layer = workload.Layer;
        string[] states = OnnxModel.States(layer);
        _session = OnnxRuntimePeer.Session(OnnxModel.Write(layer, workload.Steps, withOutputs: true), withArena: true);
        _inputNames = OnnxModel.Inputs(layer);
        _outputNames = ["Y", .. states];
        _result = new float[workload.Steps * layer.Hidden];
        _inputs = [_tensors.Over(workload.Inputs, workload.Steps, 1, layer.Input), .. states.Select(_ => State())];
        _outputs = [_tensors.Over(_result, workload.Steps, 1, 1, layer.Hidden), .. states.Select(_ => State())];

        OrtValue State() => _tensors.Over(new float[layer.Hidden], 1, 1, layer.Hidden);
    }

    public ReadOnlySpan<float> Result => _result;

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _session.Run(_options, _inputNames, _inputs, _outputNames, _outputs);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _tensors.Dispose();
        _options.Dispose();
    }
}
