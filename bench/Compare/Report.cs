using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Recurrent.Bench.Compare;

/// <summary>The rows as Markdown, with a plot for each mode and peer.</summary>
public static class Report
{
    /// <summary>Writes the report and its plots beside the CSV file: <c>name.md</c> and <c>name-mode-peer.png</c>.</summary>
    /// <returns>The report's path.</returns>
    public static string Write(string csvPath, IReadOnlyList<Row> rows, IEnumerable<string> remarks)
    {
        StringBuilder text = new();
        text.Append("# Ours beside peers\n\n");
        text.Append("One thread on one core, all in one process and in turns; medians. Beside `own-one-thread`, ours has two threads and two cores. The ratio is the peer's time divided by ours: above 1, ours is faster. ");
        text.Append("Times are those of a time step (`step`, `run`), of a stream (`many`), of a step of training (`train`).\n\n");
        foreach (string line in (string[])[.. Machine(), .. remarks])
        {
            text.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        }

        foreach (IGrouping<(Mode Mode, string Peer), Row> group in rows.GroupBy(row => (row.Mode, row.Peer)))
        {
            string mode = Workload.Name(group.Key.Mode);
            string picture = Path.ChangeExtension(csvPath, null) + $"-{mode}-{group.Key.Peer}.png";
            string title = $"{mode}, beside {group.Key.Peer}";
            RatioPlot.Save(picture, title, [.. group]);
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n![{title}]({Path.GetFileName(picture)})\n\n");
            Table(text, group);
        }

        string path = Path.ChangeExtension(csvPath, ".md");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static void Table(StringBuilder text, IEnumerable<Row> rows)
    {
        text.Append("| cell | input | hidden | ours, ns | peer, ns | ratio | wanted | reached |\n|---|---:|---:|---:|---:|---:|---:|---|\n");
        foreach (Row row in rows)
        {
            double? goal = Goals.Of(row);
            string wanted = goal is null ? "" : goal.Value.ToString("0.##", CultureInfo.InvariantCulture);
            string reached = goal is null ? "" : row.Ratio >= goal ? "yes" : "no";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Cell} | {row.Input} | {row.Hidden} | {row.Ours:N1} | {row.PeerTime:N1} | {row.Ratio:0.00} | {wanted} | {reached} |\n");
        }
    }

    private static IEnumerable<string> Machine()
    {
        const string Processor = "/proc/cpuinfo";
        const string Load = "/proc/loadavg";
        string? model = File.Exists(Processor) ? File.ReadLines(Processor).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        if (model is not null)
        {
            yield return model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {InstructionSets.Best}");
        if (File.Exists(Load))
        {
            yield return "Load at the end, of 1, 5 and 15 minutes: " + string.Join(", ", File.ReadAllText(Load).Split(' ').Take(3));
        }
    }
}
