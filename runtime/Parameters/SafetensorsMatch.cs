using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent;

/// <summary>Finds a network's tensors among those of a file: none may be missing, and none may be left over.</summary>
internal static class SafetensorsMatch
{
    private const int MaximumLines = 60;

    /// <summary>Gives the file's entry of each of the network's tensors.</summary>
    /// <param name="tensors">The network's tensors.</param>
    /// <param name="numbers">Their numbers by name.</param>
    /// <param name="entries">The file's tensors.</param>
    /// <exception cref="InvalidDataException">The tensors differ; the message lists every difference.</exception>
    public static SafetensorsEntry[] Find(
        ReadOnlySpan<TensorInfo> tensors, Dictionary<string, int> numbers, List<SafetensorsEntry> entries)
    {
        SafetensorsEntry[] found = new SafetensorsEntry[tensors.Length];
        List<string> unexpected = [];
        foreach (SafetensorsEntry entry in entries)
        {
            if (numbers.TryGetValue(entry.Name, out int number))
            {
                found[number] = entry;
            }
            else
            {
                unexpected.Add($"unexpected: {QuotedText.Quote(entry.Name)} {entry.Shape}");
            }
        }

        List<string> differences = [];
        for (int i = 0; i < tensors.Length; i++)
        {
            if (Difference(tensors[i], found[i]) is { } difference)
            {
                differences.Add(difference);
            }
        }

        differences.AddRange(unexpected);
        if (differences.Count > 0)
        {
            throw new InvalidDataException(Describe(differences));
        }

        return found;
    }

    private static string? Difference(TensorInfo wanted, SafetensorsEntry given)
    {
        string quoted = QuotedText.Quote(wanted.Name);
        if (given.Name is null)
        {
            return $"missing: {quoted} {wanted.Shape}";
        }

        if (!given.Shape.Equals(wanted.Shape))
        {
            return $"shape: {quoted} is {given.Shape}; {wanted.Shape} is wanted";
        }

        return given.Type.ToFloats is null
            ? $"type: {quoted} is {given.Type.Name}; F32, F16, BF16 or F64 is wanted"
            : null;
    }

    private static string Describe(List<string> differences)
    {
        int shown = Math.Min(differences.Count, MaximumLines);
        string lines = string.Concat(differences.GetRange(0, shown).ConvertAll(line => $"\n  {line}"));
        string rest = shown < differences.Count ? FormattableString.Invariant($"\n  and {differences.Count - shown} more") : "";
        return $"the file's tensors are not the network's:{lines}{rest}";
    }
}
