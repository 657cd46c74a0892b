using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>The optimiser of Kingma and Ba, 2015, as PyTorch's <c>optim.Adam</c> computes it.</summary>
/// <remarks>
/// Step k with gradient g: m = β₁ m + (1 - β₁) g; v = β₂ v + (1 - β₂) g²;
/// parameter -= learningRate / (1 - β₁ᵏ) * m / (√v / √(1 - β₂ᵏ) + ε).
/// </remarks>
public sealed class Adam
{
    // The passes of a step over a block of parameters find it in the first-level cache: four spans of 4 KB.
    private const int BlockLength = 1024;

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly float[] _means;
    private readonly float[] _squares;
    private readonly float[] _scratch;
    private double _learningRate;
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    /// <summary>Makes an optimiser whose moments are 0.</summary>
    /// <param name="parameterCount">How many parameters it moves; at least 0.</param>
    /// <param name="learningRate">About how far a parameter moves in a step; finite, at least 0.</param>
    /// <param name="beta1">β₁, the decay of the gradients' mean; in [0, 1).</param>
    /// <param name="beta2">β₂, the decay of the mean of the gradients' squares; in [0, 1).</param>
    /// <param name="epsilon">ε, added to the denominator; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adam(int parameterCount, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        Ranges.AtLeast(parameterCount, 0, nameof(parameterCount));
        _learningRate = Ranges.FiniteAtLeastZero(learningRate, nameof(learningRate));
        _beta1 = Ranges.Decay(beta1, nameof(beta1));
        _beta2 = Ranges.Decay(beta2, nameof(beta2));
        _epsilon = Ranges.FiniteAtLeastZero(epsilon, nameof(epsilon));
        _means = new float[parameterCount];
        _squares = new float[parameterCount];
        _scratch = new float[Math.Min(parameterCount, BlockLength)];
    }

    /// <summary>About how far a parameter moves in a step; finite, at least 0. May change between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = Ranges.FiniteAtLeastZero(value, nameof(LearningRate));
    }

    /// <summary>Moves the parameters one step against their gradients. Allocates nothing.</summary>
    /// <param name="gradients">As many floats as the constructor was told.</param>
    /// <param name="parameters">As many floats again, which are moved; must not overlap the gradients.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the parameters overlap the gradients; nothing has been written.</exception>
    public void Step(ReadOnlySpan<float> gradients, Span<float> parameters)
    {
        Boundary.Length(gradients.Length, _means.Length, nameof(gradients));
        Boundary.Length(parameters.Length, _means.Length, nameof(parameters));
        Boundary.NoOverlap(parameters, gradients, nameof(parameters), nameof(gradients));

        _beta1Power *= _beta1;
        _beta2Power *= _beta2;
        float stepSize = (float)(_learningRate / (1 - _beta1Power));
        float correction = (float)Math.Sqrt(1 - _beta2Power);
        for (int start = 0; start < parameters.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, parameters.Length - start);
            ReadOnlySpan<float> g = gradients.Slice(start, length);
            Span<float> m = _means.AsSpan(start, length);
            Span<float> v = _squares.AsSpan(start, length);
            Span<float> t = _scratch.AsSpan(0, length);
            Span<float> p = parameters.Slice(start, length);

            TensorPrimitives.Multiply(m, (float)_beta1, m);
            TensorPrimitives.MultiplyAdd(g, (float)(1 - _beta1), m, m);

            TensorPrimitives.Multiply(v, (float)_beta2, v);
            TensorPrimitives.Multiply(g, g, t);
            TensorPrimitives.MultiplyAdd(t, (float)(1 - _beta2), v, v);

            TensorPrimitives.Sqrt(v, t);
            TensorPrimitives.Divide(t, correction, t);
            TensorPrimitives.Add(t, (float)_epsilon, t);
            TensorPrimitives.Divide(m, t, t);
            TensorPrimitives.MultiplyAdd(t, -stepSize, p, p);
        }
    }
}
