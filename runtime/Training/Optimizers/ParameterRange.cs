using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>Neighbouring parameters that are moved with the same settings.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">Behind the last.</param>
/// <param name="LearningRateFactor">What the learning rate is multiplied by; above 0.</param>
/// <param name="WeightDecay">Their weight decay.</param>
internal readonly record struct ParameterRange(int Start, int End, double LearningRateFactor, double WeightDecay)
{
    /// <summary>All parameters that are to be moved, in as few ranges as their settings allow.</summary>
    public static ParameterRange[] All(OptimizerOptions options, ReadOnlySpan<TensorInfo> parameters)
    {
        List<ParameterRange> ranges = [];
        bool[] isUsed = new bool[options.Groups.Count];
        int end = 0;
        foreach (TensorInfo tensor in parameters)
        {
            if (tensor.Offset != end)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"{tensor.Name} begins at {tensor.Offset}; {end} is wanted, where the tensors before it end."), nameof(parameters));
            }

            end = checked(end + tensor.Length);
            int index = IndexOfGroup(options.Groups, tensor);
            ParameterGroup? group = index < 0 ? null : options.Groups[index];
            if (index >= 0)
            {
                isUsed[index] = true;
            }

            double factor = tensor.IsFrozen ? 0 : group?.LearningRateFactor ?? 1;
            if (factor == 0 || tensor.Length == 0)
            {
                continue;
            }

            double decay = group?.WeightDecay ?? (options.DecayBiases || tensor.Shape.Rank > 1 ? options.WeightDecay : 0);
            ParameterRange range = new(tensor.Offset, end, factor, decay);
            if (ranges is [.., { } last] && last with { End = end } == range with { Start = last.Start } && last.End == range.Start)
            {
                ranges[^1] = last with { End = end };
            }
            else
            {
                ranges.Add(range);
            }
        }

        int unused = Array.IndexOf(isUsed, false);
        return unused < 0 ? [.. ranges]
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Groups[{unused}] contains none of the {parameters.Length} tensors that no group before it contains; at least one is wanted."),
                nameof(parameters));
    }

    private static int IndexOfGroup(IReadOnlyList<ParameterGroup> groups, in TensorInfo tensor)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            if (groups[i].Contains(tensor))
            {
                return i;
            }
        }

        return -1;
    }
}
