using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Recurrent.Bench.Compare;
using Recurrent.Bench.Compare.Ours;
using Recurrent.Bench.Measuring;

namespace Recurrent.Bench.Threads;

/// <summary>Several threads that share the rows of a large layer, beside one.</summary>
public static class ThreadTable
{
    private const int UsualThreads = 2;

    private const string Header = "mode,cell,input,hidden,threads,alone_ns,shared_ns,ratio";

    private static readonly Turns Thorough = Turns.Standard with { MostSeconds = 5, IsPassedTime = true };

    /// <summary>How many threads are asked for; <see langword="null"/> where the arguments do not say.</summary>
    public static int? Threads(string[] arguments) => arguments switch
    {
        [] => UsualThreads,
        [string text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is > 1 and <= 64 => threads,
        _ => null,
    };

    /// <summary>Measures, and writes rows of CSV: the ratio is how many times as long one thread takes.</summary>
    /// <param name="threads">How many share; each wants a core of its own.</param>
    /// <param name="table">Where the rows go.</param>
    /// <param name="log">Where remarks go.</param>
    /// <returns>The program's exit code: 1 where the bits differ.</returns>
    public static int Print(int threads, TextWriter table, TextWriter log)
    {
        Core.Pin(log);
        using IDisposable? cores = Core.Widen(threads);
        table.WriteLine(Header);
        IEnumerable<(OurNetwork Alone, OurNetwork Shared)> pairs =
        [
            Pair<Lstm512x512>(threads),
            Pair<Lstm1024x1024>(threads),
            Pair<Gru512x512>(threads),
            Pair<Gru1024x1024>(threads),
        ];
        foreach ((Mode mode, int steps, int streams) in new[] { (Mode.Step, 16, 1), (Mode.Run, 64, 1), (Mode.Many, 1, 64) })
        {
            foreach ((OurNetwork alone, OurNetwork shared) in pairs)
            {
                Workload workload = new(mode, alone, steps, streams);
                using IWork one = alone.Begin(workload);
                using IWork several = shared.Begin(workload with { Network = shared });
                one.Repeat(3);
                several.Repeat(3);
                if (!one.Result.SequenceEqual(several.Result))
                {
                    log.WriteLine($"{workload}: {threads} threads do not give what one gives.");
                    return 1;
                }

                double[] medians = Thorough.Medians([one.Repeat, several.Repeat]);
                Layer layer = workload.Layer;
                table.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Workload.Name(mode)},{layer.Cell},{layer.Input},{layer.Hidden},{threads},{medians[0] / workload.Units:F0},{medians[1] / workload.Units:F0},{medians[0] / medians[1]:F3}"));
            }
        }

        return 0;
    }

    private static (OurNetwork Alone, OurNetwork Shared) Pair<TNetwork>(int threads)
        where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork> => (OurNetwork.Of<TNetwork>(), OurNetwork.Of<TNetwork>(threads));
}
