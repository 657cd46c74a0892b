using System;
using System.Linq;

/// <summary>Whether a GRU is better than an LSTM of as many parameters, size by size, said plainly.</summary>
public static class Verdict
{
    /// <summary>How many standard errors a difference must have: the 95 % of Student's t for a dozen seeds.</summary>
    private const double Errors = 2.2;

    public static string Of(LittleScores[] results, int[] sizes)
    {
        LittleScores lstm = results.Single(result => result.Cell == "LSTM");
        LittleScores gru = results.Single(result => result.Cell == "GRU");
        int seeds = gru.Scores[0].Length;
        return string.Join("\n", sizes.Select((count, size) =>
        {
            (double difference, double error, int ahead) = gru.Over(lstm, size);
            string verdict = Math.Abs(difference) <= Errors * error ? "too close to call" : difference > 0 ? "the GRU is better" : "the LSTM is better";
            return FormattableString.Invariant($"{count} sequences: GRU - LSTM {difference:+0.000;-0.000} ± {error:F3} (standard error), ahead in {ahead} of {seeds} seeds: {verdict}.");
        }));
    }
}
