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

    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly float[] means;
    private readonly float[] squares;
    private readonly float[] scratch;
    private double learningRate;
    private double beta1Power = 1;
    private double beta2Power = 1;

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
        this.learningRate = Ranges.FiniteAtLeastZero(learningRate, nameof(learningRate));
        this.beta1 = Ranges.Decay(beta1, nameof(beta1));
        this.beta2 = Ranges.Decay(beta2, nameof(beta2));
        this.epsilon = Ranges.FiniteAtLeastZero(epsilon, nameof(epsilon));
        means = new float[parameterCount];
        squares = new float[parameterCount];
        scratch = new float[Math.Min(parameterCount, BlockLength)];
    }

    /// <summary>About how far a parameter moves in a step; finite, at least 0. May change between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Ranges.FiniteAtLeastZero(value, nameof(LearningRate));
    }

    /// <summary>Moves the parameters one step against their gradients. Allocates nothing.</summary>
    /// <param name="gradients">As many floats as the constructor was told.</param>
    /// <param name="parameters">As many floats again, which are moved; must not overlap the gradients.</param>
    /// <exception cref="ArgumentException">A length does not fit; nothing has been written.</exception>
    public void Step(ReadOnlySpan<float> gradients, Span<float> parameters)
    {
        Boundary.Length(gradients.Length, means.Length, nameof(gradients));
        Boundary.Length(parameters.Length, means.Length, nameof(parameters));

        beta1Power *= beta1;
        beta2Power *= beta2;
        float stepSize = (float)(learningRate / (1 - beta1Power));
        float correction = (float)Math.Sqrt(1 - beta2Power);
        for (int start = 0; start < parameters.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, parameters.Length - start);
            ReadOnlySpan<float> g = gradients.Slice(start, length);
            Span<float> m = means.AsSpan(start, length);
            Span<float> v = squares.AsSpan(start, length);
            Span<float> t = scratch.AsSpan(0, length);
            Span<float> p = parameters.Slice(start, length);

            TensorPrimitives.Multiply(m, (float)beta1, m);
            TensorPrimitives.MultiplyAdd(g, (float)(1 - beta1), m, m);

            TensorPrimitives.Multiply(v, (float)beta2, v);
            TensorPrimitives.Multiply(g, g, t);
            TensorPrimitives.MultiplyAdd(t, (float)(1 - beta2), v, v);

            TensorPrimitives.Sqrt(v, t);
            TensorPrimitives.Divide(t, correction, t);
            TensorPrimitives.Add(t, (float)epsilon, t);
            TensorPrimitives.Divide(m, t, t);
            TensorPrimitives.MultiplyAdd(t, -stepSize, p, p);
        }
    }
}
