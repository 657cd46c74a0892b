using System;

namespace Recurrent.Training;

/// <summary>Tensors that an optimiser treats otherwise than the rest; one of <see cref="OptimizerOptions.Groups"/>.</summary>
/// <param name="Contains">Which tensors, by name and shape, such as <c>tensor => tensor.Name.StartsWith("dense2.", StringComparison.Ordinal)</c>.</param>
public sealed record ParameterGroup(Func<TensorInfo, bool> Contains)
{
    /// <summary>What the learning rate is multiplied by; finite, at least 0. 0 leaves the tensors untouched.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRateFactor
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    } = 1;

    /// <summary>The group's weight decay; finite, at least 0. <see langword="null"/> for that of the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double? WeightDecay
    {
        get;
        init => field = value is { } decay ? Ranges.FiniteAtLeastZero(decay) : null;
    }
}
