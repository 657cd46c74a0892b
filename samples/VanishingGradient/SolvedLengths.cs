using System.Linq;

/// <summary>How long a cell's tasks may be.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Adding">The longest adding problem that it solves, for each seed; 0 where it solves none.</param>
/// <param name="Copying">The same of copy memory.</param>
public sealed record SolvedLengths(string Cell, int[] Adding, int[] Copying)
{
    /// <summary>Of an odd number of seeds, the one in the middle.</summary>
    public static int Median(int[] lengths) => lengths.Order().ElementAt(lengths.Length / 2);

    public static string Text(int[] lengths) => string.Join(", ", lengths.Order());
}
