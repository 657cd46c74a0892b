using System;
using Recurrent.Bench.Measuring;
using Recurrent.Bench.Roofline;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>One step after another, with inputs that take turns.</summary>
public sealed class OurStep(Workload workload) : IWork
{
    private readonly StepOfNetwork _step = workload.Network.Step;
    private readonly int _inputSize = workload.Layer.Input;
    private readonly float[] _inputs = workload.Inputs;
    private readonly AlignedFloats _state = new(workload.Network.StateSize);
    private readonly AlignedFloats _output = new(workload.Layer.Hidden);
    private int _next;

    public ReadOnlySpan<float> Result => _output.Span;

    public void Repeat(int count)
    {
        Span<float> state = _state.Span;
        Span<float> output = _output.Span;
        for (int i = 0; i < count; i++)
        {
            _step(_inputs.AsSpan(_next, _inputSize), state, output);
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
