using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent.Bench.Measuring;
using Recurrent.Bench.Peers;
using Spectre.Console;

namespace Recurrent.Bench.Compare;

/// <summary>Ours beside the peers: first what they give is compared, then how long they take.</summary>
public static class CompareTable
{
    private static readonly Turns Thorough = Turns.Standard with { Rounds = 1001, MostSeconds = 6 };
    private static readonly Turns Quick = Turns.Standard with { RoundSeconds = 0.001, MostSeconds = 1 };

    /// <returns>The program's exit code: 1 where a peer does not give what ours gives, which the log tells.</returns>
    public static int Print(CompareOptions options, TextWriter table, TextWriter log)
    {
        if (options.CsvPath is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.CsvPath))!);
        }

        using StringWriter remarks = new();
        Core.Pin(remarks);
        IReadOnlyList<IPeer> peers = LoadedPeers.All(remarks);
        log.Write(remarks);

        IReadOnlyList<Row> rows;
        try
        {
            rows = Measure(peers, options, log);
        }
        catch (UnlikeWorkException e)
        {
            log.WriteLine(e.Message);
            return 1;
        }

        string[] lines = [Row.Header, .. rows.Select(row => row.ToCsv())];
        foreach (string line in lines)
        {
            table.WriteLine(line);
        }

        if (options.CsvPath is string path)
        {
            File.WriteAllText(path, string.Join('\n', lines) + '\n');
            log.WriteLine("report: " + Report.Write(path, rows, remarks.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)));
        }

        return 0;
    }

    private static IReadOnlyList<Row> Measure(IReadOnlyList<IPeer> peers, CompareOptions options, TextWriter log)
    {
        Turns turns = options.IsQuick ? Quick : Thorough;
        Comparison[] comparisons =
        [
            .. Workload.All().Where(workload => options.Mode is not Mode mode || workload.Mode == mode)
                .Select(workload => new Comparison(workload, peers)).Where(comparison => comparison.HasPeers),
        ];
        List<Row> rows = [];
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(log) });
        try
        {
            console.Progress().Start(progress =>
            {
                ProgressTask check = progress.AddTask("Comparing outputs", maxValue: comparisons.Length);
                ProgressTask time = progress.AddTask("Measuring", maxValue: comparisons.Length);
                foreach (Comparison comparison in comparisons)
                {
                    comparison.Check();
                    check.Increment(1);
                }

                foreach (Comparison comparison in comparisons)
                {
                    time.Description = "Measuring " + comparison.Workload;
                    rows.AddRange(comparison.Measure(turns));
                    time.Increment(1);
                }
            });
        }
        finally
        {
            foreach (Comparison comparison in comparisons)
            {
                comparison.Dispose();
            }
        }

        return rows;
    }
}
