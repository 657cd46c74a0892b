using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>What is done to gradients before an optimiser sees them.</summary>
public static class Gradients
{
    /// <summary>
    /// Scales the gradients so that their Euclidean norm, over all of them together, is at most a limit, like PyTorch's
    /// <c>clip_grad_norm_</c>: by maximumNorm / (norm + 1e-6) where that is below 1.
    /// </summary>
    /// <param name="gradients">The gradients of all parameters. Left as they are where the norm is NaN or infinite, since no scale repairs them.</param>
    /// <param name="maximumNorm">Above 0; <see cref="double.PositiveInfinity"/> measures and never scales.</param>
    /// <returns>The norm before scaling. NaN or infinite where a gradient is: the caller should not apply such gradients.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumNorm"/> is not above 0.</exception>
    public static double ClipNorm(Span<float> gradients, double maximumNorm)
    {
        Ranges.AboveZero(maximumNorm, nameof(maximumNorm));
        double norm = Norm(gradients);
        double scale = maximumNorm / (norm + 1e-6);
        if (double.IsFinite(norm) && scale < 1)
        {
            TensorPrimitives.Multiply(gradients, (float)scale, gradients);
        }

        return norm;
    }

    /// <summary>Bounds every gradient by itself, like PyTorch's <c>clip_grad_value_</c>; which turns the gradient, as <see cref="ClipNorm"/> does not.</summary>
    /// <param name="gradients">The gradients. Those that are NaN stay so.</param>
    /// <param name="maximum">The largest magnitude; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not above 0.</exception>
    public static void ClipValue(Span<float> gradients, double maximum)
    {
        float bound = (float)Ranges.AboveZero(maximum, nameof(maximum));
        TensorPrimitives.Clamp(gradients, -bound, bound, gradients);
    }

    private static double Norm(ReadOnlySpan<float> gradients)
    {
        float squares = Sums.OfSquares(gradients);
        if (float.IsFinite(squares))
        {
            return Math.Sqrt(squares);
        }

        // Squares of finite gradients above 1.8e19 overflow a float, never a double: such gradients are the ones that clipping is for.
        double sum = 0;
        foreach (float gradient in gradients)
        {
            sum += (double)gradient * gradient;
        }

        return Math.Sqrt(sum);
    }
}
