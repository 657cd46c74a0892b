using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent;

/// <summary>Checks that a list of tensors describes flat parameters of a given length.</summary>
internal static class TensorLayout
{
    /// <summary>Checks names, offsets and lengths.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="parameters">The length of the flat parameters.</param>
    /// <returns>The tensors' numbers by name.</returns>
    /// <exception cref="ArgumentException">A name is missing, given twice or reserved, or the tensors do not fill the parameters without overlap.</exception>
    public static Dictionary<string, int> Check(ReadOnlySpan<TensorInfo> tensors, int parameters)
    {
        Dictionary<string, int> numbers = new(tensors.Length, StringComparer.Ordinal);
        long total = 0;
        for (int i = 0; i < tensors.Length; i++)
        {
            TensorInfo tensor = tensors[i];
            if (tensor.Name is null or SafetensorsHeader.MetadataName || !numbers.TryAdd(tensor.Name, i))
            {
                throw Wrong($"tensor {i} has the name \"{tensor.Name}\"; a name that no other tensor has, and that is not reserved, is wanted.", nameof(tensors));
            }

            if (tensor.Shape.Rank is not (1 or 2 or 3) || tensor.Offset < 0 || tensor.Offset + (long)tensor.Length > parameters)
            {
                throw Wrong($"parameters has {parameters} floats; {tensor.Name} {tensor.Shape} begins at {tensor.Offset}.", nameof(parameters));
            }

            total += tensor.Length;
        }

        if (total != parameters)
        {
            throw Wrong($"parameters has {parameters} floats; {total} are wanted.", nameof(parameters));
        }

        CheckOrder(tensors);
        return numbers;
    }

    /// <summary>Where the lengths add up, tensors that overlap leave a hole, and the reverse: neither is left where each follows another.</summary>
    private static void CheckOrder(ReadOnlySpan<TensorInfo> tensors)
    {
        TensorInfo[] sorted = tensors.ToArray();
        Array.Sort(sorted, static (a, b) => (a.Offset, a.Length).CompareTo((b.Offset, b.Length)));
        int end = 0;
        foreach (TensorInfo tensor in sorted)
        {
            if (tensor.Offset != end)
            {
                throw Wrong($"{tensor.Name} {tensor.Shape} begins at {tensor.Offset}; {end} is wanted, where the tensor before it ends.", nameof(tensors));
            }

            end += tensor.Length;
        }
    }

    private static ArgumentException Wrong(FormattableString message, string parameterName) =>
        new(message.ToString(CultureInfo.InvariantCulture), parameterName);
}
