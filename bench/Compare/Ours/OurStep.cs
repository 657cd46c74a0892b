using System;
using Recurrent.Bench.Roofline;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>One step after another, with inputs that take turns.</summary>
public sealed class OurStep(Workload workload) : IWork
{
    private readonly StepOfNetwork _step = workload.Network.Step;
    private readonly int _inputSize = workload.Layer.Input;
    private readonly float[] _inputs = workload.Inputs;
    private readonly float[] _state = new float[workload.Network.StateSize];
    private readonly float[] _output = new float[workload.Layer.Hidden];
    private int _next;

    public ReadOnlySpan<float> Result => _output;

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _step(_inputs.AsSpan(_next, _inputSize), _state, _output);
            _next += _inputSize;
            if (_next == _inputs.Length)
            {
                _next = 0;
            }
        }
    }

    public void Dispose()
    {
    }
}
