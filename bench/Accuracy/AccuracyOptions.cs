using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Bench.Accuracy;

/// <summary>What of which functions is measured.</summary>
/// <param name="Names">The functions; all where there are none.</param>
/// <param name="Stride">One float in so many is looked at.</param>
/// <param name="IsMarkdown">Whether the table is Markdown, and not CSV.</param>
public sealed record AccuracyOptions(IReadOnlyList<string> Names, uint Stride, bool IsMarkdown)
{
    /// <summary>Reads arguments.</summary>
    /// <returns><see langword="null"/> where they are none of ours.</returns>
    public static AccuracyOptions? Parse(string[] arguments)
    {
        List<string> names = [];
        uint stride = 1;
        bool isMarkdown = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--markdown":
                    isMarkdown = true;
                    break;
                case "--stride" when i + 1 < arguments.Length && uint.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out stride) && stride > 0:
                    i++;
                    break;
                case string name when !name.StartsWith('-'):
                    names.Add(name);
                    break;
                default:
                    return null;
            }
        }

        return new AccuracyOptions(names, stride, isMarkdown);
    }
}
