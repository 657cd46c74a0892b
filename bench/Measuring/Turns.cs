using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Recurrent.Bench.Measuring;

/// <summary>Measures works in turns, so that what slows the machine down for a while slows all of them down.</summary>
/// <param name="WarmUpSeconds">For each work: long enough for the runtime to have compiled what it calls often, and for the clock to have risen.</param>
/// <param name="RoundSeconds">
/// A round of one work; of a single call, where that takes longer. Shorter than a time slice: where other programs want the core as well, the median is
/// still one that nothing interrupted, and that found in the caches what it had left there.
/// </param>
/// <param name="Rounds">Rounds of each work.</param>
/// <param name="MostSeconds">Where the rounds of all works together would take longer than this, there are fewer.</param>
public sealed record Turns(double WarmUpSeconds, double RoundSeconds, int Rounds, double MostSeconds)
{
    private const double LongWarmUpSeconds = 3;

    /// <summary>With fewer rounds than this, a median says little.</summary>
    private const int FewestRounds = 5;

    /// <summary>Whether the time that has passed counts, for work that waits for other threads, and not that for which the thread had the core.</summary>
    public bool IsPassedTime { get; init; }

    public static Turns Standard { get; } = new(WarmUpSeconds: 0.3, RoundSeconds: 0.002, Rounds: 201, MostSeconds: double.PositiveInfinity);

    /// <summary>
    /// For work in loops of libraries, which the runtime compiles quickly at first, and well behind whatever else it compiles: that takes a second or two where it has one core. Kernels are compiled
    /// well at their first call.
    /// </summary>
    public Turns OfLibraries => this with { WarmUpSeconds = LongWarmUpSeconds };

    /// <summary>Nanoseconds that one call of each work takes, the median of the rounds.</summary>
    /// <param name="works">Does as many calls as it is told.</param>
    public double[] Medians(IReadOnlyList<Action<int>> works)
    {
        int[] calls = new int[works.Count];
        List<double>[] nanoseconds = new List<double>[works.Count];
        for (int i = 0; i < works.Count; i++)
        {
            calls[i] = Calibrate(works[i]);
            nanoseconds[i] = [];
        }

        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds && (round < FewestRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < MostSeconds); round++)
        {
            for (int i = 0; i < works.Count; i++)
            {
                nanoseconds[i].Add(Nanoseconds(works[i], calls[i]));
            }
        }

        return Array.ConvertAll(nanoseconds, Median);
    }

    /// <summary>Warms up, and finds how many calls make a round.</summary>
    private int Calibrate(Action<int> work)
    {
        int count = 1;
        long start = Stopwatch.GetTimestamp();
        do
        {
            double nanoseconds = Nanoseconds(work, count);
            count = (int)Math.Clamp(RoundSeconds * 1e9 / Math.Max(nanoseconds, 1), 1, count * 4.0);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);
        return count;
    }

    private double Nanoseconds(Action<int> work, int count)
    {
        double start = Now();
        work(count);
        return (Now() - start) / count;
    }

    private double Now() => IsPassedTime ? Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency) : Clock.Nanoseconds();

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
