using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>The formulas of <see cref="RmsPropOptions"/>. Moments: v, then m where it is centred, then b where there is momentum.</summary>
internal sealed class RmsProp(RmsPropOptions options, ReadOnlySpan<TensorInfo> parameters, double learningRate)
    : Optimizer(Kind(options), options, parameters, learningRate, moments: 1 + (options.Centered ? 1 : 0) + (options.Momentum == 0 ? 0 : 1))
{
    protected override void Update(in OptimizerBlock block)
    {
        Span<float> v = block.Moment(0);
        Span<float> t = block.Scratch(0);
        Span<float> p = block.Parameters;
        ReadOnlySpan<float> g = block.DecayedGradients(block.Scratch(1));

        TensorPrimitives.Multiply(g, g, t);
        TensorPrimitives.Lerp(v, t, (float)(1 - options.Alpha), v);
        if (options.Centered)
        {
            Span<float> m = block.Moment(1);
            TensorPrimitives.Lerp(m, g, (float)(1 - options.Alpha), m);
            TensorPrimitives.Multiply(m, m, t);
            TensorPrimitives.Subtract(v, t, t);
            TensorPrimitives.Max(t, 0f, t);
            TensorPrimitives.Sqrt(t, t);
        }
        else
        {
            TensorPrimitives.Sqrt(v, t);
        }

        TensorPrimitives.Add(t, (float)options.Epsilon, t);
        TensorPrimitives.Divide(g, t, t);
        if (options.Momentum != 0)
        {
            Span<float> b = block.Moment(options.Centered ? 2 : 1);
            TensorPrimitives.MultiplyAdd(b, (float)options.Momentum, t, b);
            t = b;
        }

        TensorPrimitives.MultiplyAdd(t, (float)-block.LearningRate, p, p);
    }

    private static string Kind(RmsPropOptions options) => (options.Centered, options.Momentum != 0) switch
    {
        (false, false) => "rms",
        (false, true) => "rms+b",
        (true, false) => "rms+m",
        (true, true) => "rms+m+b",
    };
}
