using System;
using System.Collections.Generic;

namespace Recurrent.Training;

/// <summary>
/// Which optimiser, and its settings: <see cref="SgdOptions"/>, <see cref="RmsPropOptions"/>, <see cref="AdamOptions"/>, <see cref="AdamWOptions"/>, <see cref="LionOptions"/>, or one of your own. A value outside its range is refused where it is set.
/// </summary>
public abstract record OptimizerOptions
{
    /// <summary>How strongly weights are drawn to 0; finite, at least 0. How it is applied is the optimiser's to say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double WeightDecay
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <summary>
    /// Whether weight decay is applied to vectors too: biases, the gains of normalisations, learned initial states. Matrices decay in any case. By
    /// default it is, as in PyTorch; a <see cref="ParameterGroup.WeightDecay"/> has precedence.
    /// </summary>
    public bool DecayBiases { get; init; } = true;

    /// <summary>Tensors with a learning rate or a weight decay of their own. A tensor belongs to the first group that contains it, and to none where none does.</summary>
    /// <exception cref="ArgumentNullException">There is no list, or no group in it.</exception>
    public IReadOnlyList<ParameterGroup> Groups
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            ParameterGroup[] groups = [.. value];
            foreach (ParameterGroup group in groups)
            {
                ArgumentNullException.ThrowIfNull(group, nameof(Groups));
            }

            field = groups;
        }
    } = [];

    /// <summary>Makes the optimiser for a network.</summary>
    /// <param name="parameters">The network's <c>Parameters</c>.</param>
    /// <param name="learningRate">The learning rate at the start; finite, at least 0.</param>
    /// <returns>An optimiser that has taken no step.</returns>
    /// <exception cref="ArgumentException">Settings exclude each other, the tensors leave gaps or overlap, or a group contains no tensor that is not in one before it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is outside its range.</exception>
    public abstract Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate);
}
