using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>
/// Quantile regression: max(q (t - y), (q - 1) (t - y)) for a target t and what the network says is its quantile q, the mean over quantiles, targets
/// and scored steps (Koenker and Bassett, Regression Quantiles, 1978).
/// </summary>
/// <remarks>
/// A time step's outputs are [targets, quantiles]: all quantiles of the first target, then those of the next; its target is [targets]. Where y = t the
/// gradient is 0.
/// </remarks>
public sealed class PinballLoss : StepLoss
{
    private readonly float[] _quantiles;

    /// <summary>Makes a loss.</summary>
    /// <param name="quantiles">Which quantiles the network gives, such as 0.1, 0.5 and 0.9; at least one, each above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There is no quantile.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A quantile is outside its range.</exception>
    public PinballLoss(params ReadOnlySpan<double> quantiles)
    {
        if (quantiles.IsEmpty)
        {
            throw new ArgumentException("There are 0 quantiles; at least 1 is wanted.", nameof(quantiles));
        }

        _quantiles = new float[quantiles.Length];
        for (int i = 0; i < quantiles.Length; i++)
        {
            _quantiles[i] = (float)Ranges.Inside(quantiles[i], string.Create(CultureInfo.InvariantCulture, $"{nameof(quantiles)}[{i}]"));
        }
    }

    /// <inheritdoc/>
    protected override int TargetSize(int outputSize) => outputSize / _quantiles.Length;

    /// <inheritdoc/>
    protected override string? OutputMismatch(int outputSize) => outputSize % _quantiles.Length == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"meets {outputSize} outputs; a multiple of the {_quantiles.Length} quantiles is wanted");

    /// <inheritdoc/>
    protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
    {
        float scale = (float)steps / outputs.Length;
        double sum = 0;
        int at = 0;
        foreach (float target in targets)
        {
            foreach (float quantile in _quantiles)
            {
                float d = target - outputs[at];
                float slope = d > 0 ? quantile : d < 0 ? quantile - 1 : 0;
                sum += slope * (double)d;
                gradients[at++] = float.IsNaN(d) ? d : -slope * scale;
            }
        }

        return sum * scale;
    }
}
