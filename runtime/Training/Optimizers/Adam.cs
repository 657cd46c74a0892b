using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>The formulas of <see cref="AdamOptions"/> and <see cref="AdamWOptions"/>.</summary>
internal sealed class Adam(AdamOptions options, bool isDecoupled, ReadOnlySpan<TensorInfo> parameters, double learningRate)
    : Optimizer(options.AmsGrad ? "amsgrad" : "adam", options, parameters, learningRate, moments: options.AmsGrad ? 3 : 2)
{
    private double _meanCorrection;
    private double _squareCorrection;

    protected override void BeginStep()
    {
        _meanCorrection = 1 - Math.Pow(options.Beta1, Steps);
        _squareCorrection = Math.Sqrt(1 - Math.Pow(options.Beta2, Steps));
    }

    protected override void Update(in OptimizerBlock block)
    {
        Span<float> m = block.Moment(0);
        Span<float> v = block.Moment(1);
        Span<float> t = block.Scratch(0);
        Span<float> p = block.Parameters;
        ReadOnlySpan<float> g = block.Gradients;
        if (isDecoupled)
        {
            block.DecayParameters();
        }
        else
        {
            g = block.DecayedGradients(block.Scratch(1));
        }

        TensorPrimitives.Lerp(m, g, (float)(1 - options.Beta1), m);
        TensorPrimitives.Multiply(g, g, t);
        TensorPrimitives.Lerp(v, t, (float)(1 - options.Beta2), v);
        if (options.AmsGrad)
        {
            Span<float> largest = block.Moment(2);
            TensorPrimitives.Max(largest, v, largest);
            v = largest;
        }

        // m / (√v / c + ε) = c m / (√v + c ε) with c = √(1 - β₂ᵏ): one pass less.
        TensorPrimitives.Sqrt(v, t);
        TensorPrimitives.Add(t, (float)(options.Epsilon * _squareCorrection), t);
        TensorPrimitives.Divide(m, t, t);
        TensorPrimitives.MultiplyAdd(t, (float)(-block.LearningRate * _squareCorrection / _meanCorrection), p, p);
    }
}
