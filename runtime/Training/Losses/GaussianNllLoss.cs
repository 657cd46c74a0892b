using System;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// The negative log-likelihood of a target t under a normal distribution whose mean μ and log-variance s the network gives:
/// (s + (μ - t)² exp(-s)) / 2, the mean over a time step's targets and over the scored steps: PyTorch's <c>nn.GaussianNLLLoss</c> with the
/// variance exp(s) (Nix and Weigend, Estimating the Mean and Variance of the Target Probability Distribution, 1994).
/// </summary>
/// <remarks>
/// A time step's outputs are the means of all targets, then their log-variances: twice as many as targets. The constant log(2π) / 2 is left out.
/// Log-variances below log <see cref="MinimumVariance"/> count as that, and their gradients are those at it where these raise them, else 0.
/// </remarks>
public sealed class GaussianNllLoss : StepLoss
{
    /// <summary>Below it no variance is believed, so that a target met exactly does not make the likelihood unbounded; finite, above 0, by default 1e-6 as PyTorch's <c>eps</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double MinimumVariance
    {
        get;
        init => field = Ranges.FiniteAboveZero(value);
    } = 1e-6;

    /// <inheritdoc/>
    protected override int TargetSize(int outputSize) => outputSize / 2;

    /// <inheritdoc/>
    protected override string? OutputMismatch(int outputSize) => outputSize % 2 == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"meets {outputSize} outputs; an even number is wanted, means and log-variances");

    /// <inheritdoc/>
    protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
    {
        int size = targets.Length / steps;
        float floor = (float)Math.Log(MinimumVariance);
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> means = outputs.Slice(step * 2 * size, size);
            ReadOnlySpan<float> logVariances = outputs.Slice((step * 2 + 1) * size, size);
            Span<float> byMean = gradients.Slice(step * 2 * size, size);
            Span<float> byLogVariance = gradients.Slice((step * 2 + 1) * size, size);

            // z = (μ - t) exp(-s / 2): its square overflows only where the loss does.
            TensorPrimitives.Max(logVariances, floor, byLogVariance);
            sum += Sums.Of(byLogVariance);
            TensorPrimitives.Multiply(byLogVariance, -0.5f, byLogVariance);
            TensorPrimitives.Exp(byLogVariance, byLogVariance);
            TensorPrimitives.Subtract(means, targets.Slice(step * size, size), byMean);
            for (int i = 0; i < size; i++)
            {
                float inverse = byLogVariance[i];
                float z = byMean[i] * inverse;
                sum += (double)z * z;
                byMean[i] = z * inverse / size;
                float slope = 0.5f * (1 - z * z) / size;
                byLogVariance[i] = logVariances[i] < floor ? Math.Min(slope, 0) : slope;
            }
        }

        return sum / (2 * size);
    }
}
