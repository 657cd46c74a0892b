using System;
using System.Linq;

namespace Recurrent.Bench.Compare;

/// <summary>What the command line asks for.</summary>
/// <param name="IsQuick">Fewer rounds.</param>
/// <param name="Mode">The one mode that is measured; <see langword="null"/> for all.</param>
/// <param name="CsvPath">Where the rows go as well, with a report beside them; <see langword="null"/> for nowhere.</param>
public sealed record CompareOptions(bool IsQuick, Mode? Mode, string? CsvPath)
{
    private static readonly Mode[] Modes = Enum.GetValues<Mode>();

    /// <summary>Reads the arguments; <see langword="null"/> where they are not understood.</summary>
    public static CompareOptions? Parse(string[] arguments) => Parse(arguments, new CompareOptions(IsQuick: false, Mode: null, CsvPath: null));

    private static CompareOptions? Parse(string[] arguments, CompareOptions options) => arguments switch
    {
        [] => options,
        ["--quick", .. string[] rest] => Parse(rest, options with { IsQuick = true }),
        ["--mode", string name, .. string[] rest] when Modes.Any(mode => Workload.Name(mode) == name) =>
            Parse(rest, options with { Mode = Modes.First(mode => Workload.Name(mode) == name) }),
        ["--csv", string path, .. string[] rest] => Parse(rest, options with { CsvPath = path }),
        _ => null,
    };
}
