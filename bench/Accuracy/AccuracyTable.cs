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
    private static readonly string[] Columns = ["function", "greatest_error_ulp", "at", "wrong_turns", "greatest_turn_ulp", "other_bits"];

    /// <param name="options">Which functions, and how.</param>
    /// <param name="table">Receives the table.</param>
    /// <param name="log">Receives what else there is to say.</param>
    /// <returns>0 where all instruction sets give the same bits, 1 where they do not, 2 where a function is not known.</returns>
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

        long differences = 0;
        foreach (Subject subject in subjects.Where(subject => options.Names is [] || options.Names.Contains(subject.Name)))
        {
            Sweep sweep = Sweep.Over(subject, InstructionSets.Supported, options.Stride);
            differences += sweep.Differences;
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

        return differences == 0 ? 0 : 1;
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
