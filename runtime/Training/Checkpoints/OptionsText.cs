using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>Options as text, for a checkpoint to compare.</summary>
internal static class OptionsText
{
    /// <summary>All options that have an effect on the bits that follow, as <c>TrainingOptions { Name = value, ... }</c>.</summary>
    /// <remarks>What may differ when training goes on is not in it: for how long, by how many threads, and where checkpoints go.</remarks>
    public static string Of(TrainingOptions options)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            // Records print in the current culture.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return (options with { Epochs = 1, Threads = 1, CheckpointPath = null, CheckpointBatches = 0 }).ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Every option that differs, in words; <see langword="null"/> where none does.</summary>
    public static string? Difference(string saved, string current)
    {
        if (saved == current)
        {
            return null;
        }

        Dictionary<string, string> before = Split(saved);
        Dictionary<string, string> now = Split(current);
        List<string> lines = [];
        foreach ((string name, string value) in now)
        {
            string old = before.GetValueOrDefault(name, "nothing");
            if (old != value)
            {
                lines.Add($"\n  {name} is {value}; the checkpoint was written with {old}");
            }
        }

        foreach (string name in before.Keys)
        {
            if (!now.ContainsKey(name))
            {
                lines.Add($"\n  the checkpoint was written with {name} = {before[name]}, which these options do not have");
            }
        }

        return string.Concat(lines);
    }

    /// <summary>Values by name, split at commas that stand in no inner braces.</summary>
    private static Dictionary<string, string> Split(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        int open = text.IndexOf('{', StringComparison.Ordinal);
        int close = text.LastIndexOf('}');
        ReadOnlySpan<char> members = open < 0 || close < open ? text : text.AsSpan(open + 1, close - open - 1);
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= members.Length; i++)
        {
            if (i < members.Length && members[i] is '{' or '}')
            {
                depth += members[i] == '{' ? 1 : -1;
            }
            else if (i == members.Length || (members[i] == ',' && depth == 0))
            {
                string member = members[start..i].Trim().ToString();
                int equals = member.IndexOf('=', StringComparison.Ordinal);
                string name = equals < 0 ? member : member[..equals].Trim();
                values[name] = equals < 0 ? "" : member[(equals + 1)..].Trim();
                start = i + 1;
            }
        }

        return values;
    }
}
