using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace Recurrent.Bench.Roofline;

/// <summary>A step of each network beside the streaming of its packed weights, measured in turns on one core.</summary>
public static class RooflineTable
{
    // Rounds shorter than a time slice: where other programs want the core as well, the median is still one that nothing interrupted.
    private const int Rounds = 201;
    private const double RoundSeconds = 0.002;

    /// <summary>Long enough for the runtime to have compiled what it calls often, and for the clock to have risen.</summary>
    private const double WarmUpSeconds = 0.3;

    public static void Print(TextWriter table, TextWriter log)
    {
        Pin(log);
        int lanes = Lanes(InstructionSets.Best);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"networks run {InstructionSets.Best}: {lanes} floats at a time"));
        table.WriteLine("cell,input,hidden,ours_ns,stream_ns,fraction");
        bool isFirst = true;
        foreach (Subject subject in Subject.All())
        {
            // A layer of no more rows than a narrower vector has lanes is packed for that one.
            using WeightStream stream = WeightStream.Of(subject.PackedFloats(subject.Hidden <= 8 ? Math.Min(lanes, 8) : lanes));
            if (isFirst)
            {
                log.WriteLine($"weights are streamed with {stream.Name}");
                isFirst = false;
            }

            (double ours, double streamed) = Measure(subject, stream);
            table.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{subject.Cell},{subject.Input},{subject.Hidden},{ours:F1},{streamed:F1},{streamed / ours:F3}"));
        }
    }

    /// <summary>Medians of the rounds, in nanoseconds.</summary>
    private static (double Ours, double Streamed) Measure(Subject subject, WeightStream stream)
    {
        float[] input = new float[subject.Input];
        float[] state = new float[subject.StateSize];
        float[] output = new float[subject.Hidden];
        Random random = new(1);
        foreach (ref float value in input.AsSpan())
        {
            value = (2 * random.NextSingle()) - 1;
        }

        Action<int> steps = count =>
        {
            StepOfNetwork step = subject.Step;
            for (int i = 0; i < count; i++)
            {
                step(input, state, output);
            }
        };
        float sum = 0;
        Action<int> passes = count => sum += stream.Run(count);

        int oursPerRound = Calibrate(steps);
        int streamedPerRound = Calibrate(passes);
        double[] ours = new double[Rounds];
        double[] streamed = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            ours[round] = Nanoseconds(steps, oursPerRound);
            streamed[round] = Nanoseconds(passes, streamedPerRound);
        }

        if (!float.IsFinite(sum) || !float.IsFinite(output[0]))
        {
            throw new InvalidOperationException("What was measured is not what was meant: a result is not finite.");
        }

        return (Median(ours), Median(streamed));
    }

    /// <summary>Warms up, and finds how many calls make a round.</summary>
    private static int Calibrate(Action<int> work)
    {
        int count = 1;
        long start = Stopwatch.GetTimestamp();
        double nanoseconds;
        do
        {
            nanoseconds = Nanoseconds(work, count);
            count = (int)Math.Clamp(RoundSeconds * 1e9 / Math.Max(nanoseconds, 1), 1, count * 4.0);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);
        return count;
    }

    private static double Nanoseconds(Action<int> work, int count)
    {
        long start = Stopwatch.GetTimestamp();
        work(count);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static int Lanes(InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Avx512 => 16,
        InstructionSet.Avx2 => 8,
        _ => 1,
    };

    /// <summary>Keeps the process on the last core that it may use, where the system can.</summary>
    private static void Pin(TextWriter log)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using Process process = Process.GetCurrentProcess();
            int core = BitOperations.Log2((nuint)process.ProcessorAffinity);
            process.ProcessorAffinity = (nint)1 << core;
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pinned to core {core}"));
        }
    }
}
