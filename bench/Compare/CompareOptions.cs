namespace Recurrent.Bench.Compare;

/// <summary>What the command line asks for.</summary>
/// <param name="IsQuick">Fewer rounds.</param>
/// <param name="CsvPath">Where the rows go as well, with a report beside them; <see langword="null"/> for nowhere.</param>
public sealed record CompareOptions(bool IsQuick, string? CsvPath)
{
    /// <summary>Reads the arguments; <see langword="null"/> where they are not understood.</summary>
    public static CompareOptions? Parse(string[] arguments) => Parse(arguments, new CompareOptions(IsQuick: false, CsvPath: null));

    private static CompareOptions? Parse(string[] arguments, CompareOptions options) => arguments switch
    {
        [] => options,
        ["--quick", .. string[] rest] => Parse(rest, options with { IsQuick = true }),
        ["--csv", string path, .. string[] rest] => Parse(rest, options with { CsvPath = path }),
        _ => null,
    };
}
