using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ScottPlot;
using Spectre.Console;

namespace Recurrent.Bench.Soak;

/// <summary>
/// Steps one stream for a long time. The state at the start of every stretch is kept; afterwards stretches are run again from there by another
/// instance of the network, and must give the same bits and end in the state with which the next one began.
/// </summary>
public static class SoakRun
{
    private const long StretchSteps = 1_000_000;
    private const int Replayed = 100; // Stretches, evenly over the run: the first and the last are among them.

    /// <returns>0 where nothing was allocated and nothing drifted, otherwise 1.</returns>
    public static int Run(SoakOptions options, TextWriter report, TextWriter log)
    {
        List<Row> rows = [];
        List<float[]> states = [];
        List<ulong> hashes = [];
        using Gru1x8 network = Gru1x8.Create(seed: 1);
        Stretch<Gru1x8> stretch = new(network);
        float[] state = new float[Gru1x8.StateSize];
        network.StartState(state);
        stretch.Run(0, 1000, new float[Gru1x8.StateSize]);

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(log) });
        long steps = 0;
        long allocated = 0;
        long started = Stopwatch.GetTimestamp();
        int drifted = console.Progress().Start(progress =>
        {
            ProgressTask run = progress.AddTask("Stepping", maxValue: 1);
            ProgressTask replay = progress.AddTask("Replaying", maxValue: 1);
            do
            {
                states.Add([.. state]);
                long count = options.Minutes is null ? Math.Min(StretchSteps, options.Steps - steps) : StretchSteps;
                long before = GC.GetAllocatedBytesForCurrentThread();
                ulong hash = stretch.Run(steps, count, state);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                hashes.Add(hash);
                steps += count;

                // What the progress bar leaves behind is no memory of the steps.
                GC.Collect();
                rows.Add(new Row(steps, Stopwatch.GetElapsedTime(started).TotalSeconds, Environment.WorkingSet, allocated));
                run.Value = options.Minutes is double minutes ? rows[^1].Seconds / 60 / minutes : (double)steps / options.Steps;
            }
            while (run.Value < 1);

            states.Add(state);
            return Replay(steps, states, hashes, share => replay.Value = share);
        });

        File.WriteAllLines(options.Csv, ["steps,seconds,working_set_bytes,allocated_bytes", .. rows.Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row.Steps},{row.Seconds:F3},{row.WorkingSet},{row.Allocated}"))]);
        string picture = Path.ChangeExtension(options.Csv, ".png");
        Draw(picture, rows);
        report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Steps       {steps:N0} of a GRU (1, 8) in {rows[^1].Seconds:F1} s, {rows[^1].Seconds * 1e9 / steps:F0} ns each
            Allocated   {allocated} bytes by them
            Replay      {drifted} of {Math.Min(Replayed, hashes.Count)} stretches of up to {StretchSteps:N0} steps drifted
            Memory      {rows[0].WorkingSet / 1e6:F1} MB after the first stretch, {rows[^1].WorkingSet / 1e6:F1} MB after the last
            Curve       {Path.GetFullPath(options.Csv)}
            Picture     {Path.GetFullPath(picture)}
            """));
        return allocated == 0 && drifted == 0 ? 0 : 1;
    }

    /// <summary>Runs stretches again.</summary>
    /// <returns>How many gave other bits.</returns>
    private static int Replay(long steps, List<float[]> states, List<ulong> hashes, Action<double> progress)
    {
        using Gru1x8 network = Gru1x8.Create(seed: 1);
        Stretch<Gru1x8> stretch = new(network);
        int count = Math.Min(Replayed, hashes.Count);
        int drifted = 0;
        for (int i = 0; i < count; i++)
        {
            int index = count == 1 ? 0 : (int)((long)i * (hashes.Count - 1) / (count - 1));
            long first = index * StretchSteps;
            float[] state = [.. states[index]];
            bool same = stretch.Run(first, Math.Min(StretchSteps, steps - first), state) == hashes[index]
                && state.AsSpan().SequenceEqual(states[index + 1]);
            drifted += same ? 0 : 1;
            progress((i + 1.0) / count);
        }

        return drifted;
    }

    private static void Draw(string path, List<Row> rows)
    {
        using Plot plot = new();
        plot.Title("Memory of the process while one stream is stepped");
        plot.XLabel("Millions of steps");
        plot.YLabel("Working set, MB");
        plot.Add.ScatterLine(rows.Select(row => row.Steps / 1e6).ToArray(), rows.Select(row => row.WorkingSet / 1e6).ToArray());
        plot.Axes.SetLimitsY(0, 1.2 * rows.Max(row => row.WorkingSet) / 1e6);
        PlotFont.Set(plot);
        plot.SavePng(path, 1000, 500);
    }

    private readonly record struct Row(long Steps, double Seconds, long WorkingSet, long Allocated);
}
