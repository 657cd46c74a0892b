using System;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>A model of one time step. Two sets of states take turns as what it reads and what it writes, so that none is copied.</summary>
public sealed class OnnxStep : IWork
{
    private readonly RunOptions _options = new();
    private readonly OnnxTensors _tensors = new();
    private readonly InferenceSession _session;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    /// <summary>The same inputs and outputs, bound; <see langword="null"/> where a call names them.</summary>
    private readonly OrtIoBinding[]? _bindings;

    // By the step's position in the sequence of inputs, whose length is even.
    private readonly OrtValue[][] _inputs;
    private readonly OrtValue[][] _outputs;

    /// <summary>The hidden state of each set.</summary>
    private readonly float[][] _hidden;

    private int _next;
    private int _last;

    /// <param name="workload">Steps of one stream.</param>
    /// <param name="isBound">Whether inputs and outputs are bound once, and memory comes from the system, which is quicker where the work is small.</param>
    public OnnxStep(Workload workload, bool isBound)
    {
        Layer layer = workload.Layer;
        _session = OnnxRuntimePeer.Session(OnnxModel.Write(layer, steps: 1, withOutputs: false), withArena: !isBound);
        _inputNames = OnnxModel.Inputs(layer);
        _outputNames = OnnxModel.States(layer);

        float[][][] states = [.. Enumerable.Range(0, 2).Select(_ => _outputNames.Select(_ => new float[layer.Hidden]).ToArray())];
        OrtValue[][] sets = [.. states.Select(set => set.Select(state => _tensors.Over(state, 1, 1, layer.Hidden)).ToArray())];
        _hidden = [states[0][0], states[1][0]];
        _inputs =
        [
            .. Enumerable.Range(0, workload.Steps).Select(step =>
            {
                Memory<float> input = workload.Inputs.AsMemory(step * layer.Input, layer.Input);
                return (OrtValue[])[_tensors.Over(input, 1, 1, layer.Input), .. sets[step % 2]];
            }),
        ];
        _outputs = [.. Enumerable.Range(0, workload.Steps).Select(step => sets[(step + 1) % 2])];
        _bindings = isBound ? [.. Enumerable.Range(0, workload.Steps).Select(Bind)] : null;
    }

    public ReadOnlySpan<float> Result => _hidden[(_last + 1) % 2];

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_bindings is null)
            {
                _session.Run(_options, _inputNames, _inputs[_next], _outputNames, _outputs[_next]);
            }
            else
            {
                _session.RunWithBinding(_options, _bindings[_next]);
            }

            _last = _next++;
            if (_next == _inputs.Length)
            {
                _next = 0;
            }
        }
    }

    public void Dispose()
    {
        foreach (OrtIoBinding binding in _bindings ?? [])
        {
            binding.Dispose();
        }

        _session.Dispose();
        _tensors.Dispose();
        _options.Dispose();
    }

    private OrtIoBinding Bind(int step)
    {
        OrtIoBinding binding = _session.CreateIoBinding();
        for (int i = 0; i < _inputNames.Length; i++)
        {
            binding.BindInput(_inputNames[i], _inputs[step][i]);
        }

        for (int i = 0; i < _outputNames.Length; i++)
        {
            binding.BindOutput(_outputNames[i], _outputs[step][i]);
        }

        return binding;
    }
}
