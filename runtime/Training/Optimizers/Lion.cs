using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>The formulas of <see cref="LionOptions"/>.</summary>
internal sealed class Lion(LionOptions options, ReadOnlySpan<TensorInfo> parameters, double learningRate)
    : Optimizer("lion", options, parameters, learningRate, moments: 1)
{
    protected override void Update(in OptimizerBlock block)
    {
        Span<float> m = block.Moment(0);
        Span<float> t = block.Scratch(0);
        Span<float> p = block.Parameters;
        ReadOnlySpan<float> g = block.Gradients;

        // The sign as a float, 0 for 0 and NaN for NaN: TensorPrimitives.Sign gives integers, and throws at NaN.
        TensorPrimitives.Lerp(m, g, (float)(1 - options.Beta1), t);
        TensorPrimitives.Multiply(t, float.MaxValue, t);
        TensorPrimitives.Clamp(t, -1f, 1f, t);
        TensorPrimitives.Lerp(m, g, (float)(1 - options.Beta2), m);
        block.DecayParameters();
        TensorPrimitives.MultiplyAdd(t, (float)-block.LearningRate, p, p);
    }
}
