using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Recurrent.Bench.Aot;

/// <summary>How large the controller <c>samples/Edge</c> is as native code, and how soon it answers.</summary>
public static class EdgeTable
{
    private const int Starts = 50;

    /// <returns>The program's exit code: 1 where it cannot be published.</returns>
    public static int Print(TextWriter table, TextWriter log)
    {
        if (PublishedProgram.Missing is string missing)
        {
            log.WriteLine(missing);
            return 1;
        }

        using PublishedProgram edge = PublishedProgram.ForNativeAot("samples/Edge");
        double[] milliseconds = [.. Enumerable.Range(0, Starts).Select(_ => FirstAnswer(edge).TotalMilliseconds).Order()];
        table.WriteLine("size_mb,starts,median_ms,slowest_ms");
        table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{edge.Size / 1e6:F2},{Starts},{milliseconds[Starts / 2]:F2},{milliseconds[^1]:F2}"));
        return 0;
    }

    private static TimeSpan FirstAnswer(PublishedProgram edge)
    {
        // It reports when it ends, which nobody reads.
        ProcessStartInfo command = edge.Command();
        command.RedirectStandardError = true;
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(command)!;
        process.StandardInput.Write("0.1,0.02\n");
        process.StandardInput.Flush();
        string? answer = process.StandardOutput.ReadLine();
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        process.StandardInput.Close();
        process.WaitForExit();
        return answer is null ? throw new EndOfStreamException("The program has ended without an answer.") : time;
    }
}
