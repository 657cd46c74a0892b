using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Recurrent.Bench.Building;

/// <summary>What the generator adds to a build: its own time, that of compiling what it writes, and how much that is.</summary>
public static class BuildTable
{
    private const int Rounds = 7;

    public static void Print(TextWriter table, TextWriter log)
    {
        table.WriteLine("networks,build_without_ms,generator_ms,build_with_ms,keystroke_ms,files,kilobytes");
        Measure(new Project(1));
        foreach (int networks in (int[])[1, 10, 50])
        {
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{networks} networks, {Rounds} times"));
            (double without, double generator, double with, double keystroke, int files, double kilobytes) = Measure(new Project(networks));
            table.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{networks},{without:F0},{generator:F1},{with:F0},{keystroke:F2},{files},{kilobytes:F0}"));
        }
    }

    private static (double Without, double Generator, double With, double Keystroke, int Files, double Kilobytes) Measure(Project project)
    {
        double[] without = new double[Rounds];
        double[] generator = new double[Rounds];
        double[] with = new double[Rounds];
        double[] keystroke = new double[Rounds];
        int files = 0;
        double kilobytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // A compilation remembers what it has bound, so each round begins with one that nothing has looked at.
            without[round] = Milliseconds(() => Project.Emit(project.Compilation.Clone()));
            GeneratorDriver driver = Project.Driver();
            Compilation generated = project.Compilation;
            generator[round] = Milliseconds(() => driver = driver.RunGeneratorsAndUpdateCompilation(project.Compilation.Clone(), out generated, out _));
            with[round] = generator[round] + Milliseconds(() => Project.Emit(generated));
            keystroke[round] = Milliseconds(() => driver.RunGenerators(project.Edited));
            GeneratedSourceResult[] sources = [.. driver.GetRunResult().Results.Single().GeneratedSources];
            files = sources.Length;
            kilobytes = sources.Sum(source => source.SourceText.Length) / 1024.0;
        }

        return (Median(without), Median(generator), Median(with), Median(keystroke), files, kilobytes);
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
