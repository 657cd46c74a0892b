using System;
using System.Globalization;
using System.Text;

namespace Recurrent;

/// <summary>A tensor that the header of a safetensors file describes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last.</param>
internal readonly record struct SafetensorsEntry(string Name, ElementType Type, SafetensorsShape Shape, long Begin, long End);

/// <summary>A shape of any rank. Only the first dimensions are kept: no network has more, and a crafted file may have millions.</summary>
internal readonly struct SafetensorsShape(long[] firstDimensions, int rank)
{
    /// <summary>How many dimensions are kept.</summary>
    public const int Kept = 8;

    /// <summary>Whether a network's tensor has this shape.</summary>
    public bool Equals(TensorShape shape) =>
        rank == shape.Rank && firstDimensions[0] == shape.Rows && rank switch
        {
            1 => true,
            2 => firstDimensions[1] == shape.Columns,
            _ => firstDimensions[2] == shape.Depth && firstDimensions[1] == shape.Columns / shape.Depth,
        };

    /// <summary>The shape as PyTorch prints it; a long one is cut.</summary>
    public override string ToString()
    {
        string dimensions = string.Join(", ", Array.ConvertAll(firstDimensions, d => d.ToString(CultureInfo.InvariantCulture)));
        return rank > firstDimensions.Length
            ? string.Create(CultureInfo.InvariantCulture, $"[{dimensions}, ... {rank} dimensions]")
            : $"[{dimensions}]";
    }
}

/// <summary>Text from a file, as it may stand in a message.</summary>
internal static class QuotedText
{
    private const int MaximumLength = 80;

    /// <summary>The text between quotes: on one line, without control characters, of bounded length.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaximumLength)))
        {
            // Surrogates too, as the cut may part a pair, and format characters, which may turn a line around.
            UnicodeCategory category = char.GetUnicodeCategory(c);
            bool plain = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            if (plain)
            {
                quoted.Append(c is '"' or '\\' ? "\\" : "").Append(c);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return quoted.Append(text.Length > MaximumLength ? "...\"" : "\"").ToString();
    }
}
