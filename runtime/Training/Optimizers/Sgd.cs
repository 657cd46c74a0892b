using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>The formulas of <see cref="SgdOptions"/>.</summary>
internal sealed class Sgd(SgdOptions options, ReadOnlySpan<TensorInfo> parameters, double learningRate)
    : Optimizer(options.Momentum == 0 ? "sgd" : "momentum", options, parameters, learningRate, moments: options.Momentum == 0 ? 0 : 1)
{
    protected override void Update(in OptimizerBlock block)
    {
        Span<float> t = block.Scratch(0);
        Span<float> p = block.Parameters;
        ReadOnlySpan<float> direction = block.DecayedGradients(t);
        if (options.Momentum != 0)
        {
            Span<float> b = block.Moment(0);
            Accumulate(direction, b);
            if (options.Nesterov)
            {
                TensorPrimitives.MultiplyAdd(b, (float)options.Momentum, direction, t);
                direction = t;
            }
            else
            {
                direction = b;
            }
        }

        TensorPrimitives.MultiplyAdd(direction, (float)-block.LearningRate, p, p);
    }

    private void Accumulate(ReadOnlySpan<float> g, Span<float> b)
    {
        if (Steps == 1)
        {
            g.CopyTo(b);
        }
        else if (options.Dampening == 0)
        {
            TensorPrimitives.MultiplyAdd(b, (float)options.Momentum, g, b);
        }
        else
        {
            TensorPrimitives.Multiply(b, (float)options.Momentum, b);
            TensorPrimitives.MultiplyAdd(g, (float)(1 - options.Dampening), b, b);
        }
    }
}
