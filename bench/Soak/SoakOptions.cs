using System.Globalization;

namespace Recurrent.Bench.Soak;

/// <summary>How long a soak lasts, and where its rows go.</summary>
/// <param name="Steps">Time steps, where no minutes are given.</param>
/// <param name="Minutes">Minutes, or <see langword="null"/>.</param>
/// <param name="Csv">The file of the memory curve; its plot is beside it.</param>
public sealed record SoakOptions(long Steps, double? Minutes, string Csv)
{
    /// <summary>Reads arguments.</summary>
    /// <returns><see langword="null"/> where they are none of ours.</returns>
    public static SoakOptions? Parse(string[] arguments)
    {
        SoakOptions options = new(1_000_000_000, null, "soak.csv");
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--steps" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) && steps > 0:
                    options = options with { Steps = steps, Minutes = null };
                    break;
                case "--minutes" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double minutes) && minutes > 0:
                    options = options with { Minutes = minutes };
                    break;
                case "--csv" when value is not null:
                    options = options with { Csv = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
