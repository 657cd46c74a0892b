using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>A block of parameters that an <see cref="Optimizer"/> moves: few enough that several passes over it stay in the first-level cache.</summary>
public readonly ref struct OptimizerBlock
{
    internal const int ScratchCount = 2;

    private readonly float[][] _moments;
    private readonly int _start;
    private readonly Span<float> _scratch;

    internal OptimizerBlock(
        ReadOnlySpan<float> gradients, Span<float> parameters, float[][] moments, int start, Span<float> scratch, double learningRate, double weightDecay)
    {
        Gradients = gradients;
        Parameters = parameters;
        LearningRate = learningRate;
        WeightDecay = weightDecay;
        _moments = moments;
        _start = start;
        _scratch = scratch;
    }

    /// <summary>The loss's gradient by each parameter.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>The parameters, which the optimiser moves.</summary>
    public Span<float> Parameters { get; }

    /// <summary>The learning rate times the factor of the parameters' group.</summary>
    public double LearningRate { get; }

    /// <summary>The weight decay of the parameters' group.</summary>
    public double WeightDecay { get; }

    /// <summary>What the optimiser keeps of these parameters from step to step; 0 before the first.</summary>
    /// <param name="index">Which of the moments.</param>
    public Span<float> Moment(int index) => _moments[index].AsSpan(_start, Parameters.Length);

    /// <summary>Floats for what lies between; their content is unspecified.</summary>
    /// <param name="index">0 or 1.</param>
    public Span<float> Scratch(int index) => _scratch.Slice(_scratch.Length / ScratchCount * index, Parameters.Length);

    /// <summary>The gradient of the loss with the penalty weightDecay / 2 |parameters|² added to it: coupled weight decay.</summary>
    /// <param name="scratch">Written where there is decay.</param>
    /// <returns>gradient + weightDecay * parameter.</returns>
    public ReadOnlySpan<float> DecayedGradients(Span<float> scratch)
    {
        if (WeightDecay == 0)
        {
            return Gradients;
        }

        TensorPrimitives.MultiplyAdd(Parameters, (float)WeightDecay, Gradients, scratch);
        return scratch;
    }

    /// <summary>Multiplies the parameters by 1 - learningRate * weightDecay: decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    public void DecayParameters()
    {
        if (WeightDecay != 0)
        {
            TensorPrimitives.Multiply(Parameters, (float)(1 - LearningRate * WeightDecay), Parameters);
        }
    }
}
