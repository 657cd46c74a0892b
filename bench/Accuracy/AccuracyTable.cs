using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Tests.Numerics;

namespace Recurrent.Bench.Accuracy;

/// <summary>The error of every function of one number, over every float, and whether it is monotone and the same on every instruction set.</summary>
public static class AccuracyTable
{
    /// <summary>Units in the last place that <see cref="Promised"/> functions may be off.</summary>
    private const double MostUlps = 2;

    /// <summary>The functions of gates: near to what they should be, and monotone.</summary>
    private static readonly string[] Promised = ["Exp", "Sigmoid", "Tanh", "Softplus", "Erf", "PowerSigmoid"];

    private static readonly string[] Columns = ["function", "greatest_error_ulp", "at", "wrong_turns", "greatest_turn_ulp", "other_bits"];

    /// <param name="options">Which functions, and how.</param>
    /// <param name="table">Receives the table.</param>
    /// <param name="log">Receives what else there is to say.</param>
    /// <returns>0 where all instruction sets give the same bits, and what is promised of functions holds, 1 where not, 2 where a function is not known.</returns>
    public static int Print(AccuracyOptions options, TextWriter table, TextWriter log)
    {
        Subject[] subjects = [.. All()];
        string[] unknown = [.. options.Names.Except(subjects.Select(subject => subject.Name), StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            log.WriteLine($"no function of one number is called {string.Join(", ", unknown)}; there are {string.Join(", ", subjects.Select(subject => subject.Name))}");
            return 2;
        }

        log.WriteLine($"bits of {string.Join(", ", InstructionSets.Supported.ToArray())}");
        table.WriteLine(Line(Columns, options.IsMarkdown));
        if (options.IsMarkdown)
        {
            table.WriteLine(Line(Columns.Select((_, i) => i == 0 ? "---" : "---:"), options.IsMarkdown));
        }

        List<string> broken = [];
        foreach (Subject subject in subjects.Where(subject => options.Names is [] || options.Names.Contains(subject.Name)))
        {
            Sweep sweep = Sweep.Over(subject, InstructionSets.Supported, options.Stride);
            broken.AddRange(Broken(subject.Name, sweep));
            table.WriteLine(Line(
                [
                    subject.Name,
                    sweep.GreatestError.ToString("G4", CultureInfo.InvariantCulture),
                    sweep.At.ToString("R", CultureInfo.InvariantCulture),
                    sweep.Turns.ToString(CultureInfo.InvariantCulture),
                    sweep.GreatestTurn.ToString("G3", CultureInfo.InvariantCulture),
                    sweep.Differences.ToString(CultureInfo.InvariantCulture),
                ],
                options.IsMarkdown));
            table.Flush();
        }

        broken.ForEach(log.WriteLine);
        return broken.Count == 0 ? 0 : 1;
    }

    /// <summary>What a function was to be and is not, for people.</summary>
    private static IEnumerable<string> Broken(string name, Sweep sweep)
    {
        if (sweep.Differences > 0)
        {
            yield return $"{name} has other bits on another instruction set for {sweep.Differences} floats; none were wanted";
        }

        if (Promised.Contains(name) && !(sweep.GreatestError <= MostUlps))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} is {sweep.GreatestError:G4} units off at {sweep.At:R}; at most {MostUlps} were wanted");
        }

        if (Promised.Contains(name) && sweep.Turns > 0)
        {
            yield return $"{name} turns back {sweep.Turns} times; it was to be monotone";
        }
    }

    /// <summary>The words of equations, and behind them the functions of kernels that have no word.</summary>
    private static IEnumerable<Subject> All()
    {
        Subject[] words = [.. Words.All(Sweep.Chunk)];
        return
        [
            .. words,
            .. Activations.All
                .Where(function => function.Parameters.Count == 1 && words.All(word => word.Name != function.Name))
                .Select(function => new Subject(
                    function.Name,
                    x => ScalarFunctions.Exact(function.Name, x),
                    instructionSet => (x, y) => CompiledFunctions.Apply(function.Name, instructionSet, x).CopyTo(y, 0))),
        ];
    }

    private static string Line(IEnumerable<string> cells, bool isMarkdown) => isMarkdown ? $"| {string.Join(" | ", cells)} |" : string.Join(',', cells);
}
