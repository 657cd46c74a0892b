using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// Random cells, many of them: each compiles without a word from the analyzer or the compiler, gives what its equations give, forward and backward, and the
/// same bits in every mode on every instruction set.
/// </summary>
/// <remarks>
/// 500 cells by default. <c>RECURRENT_FUZZ_CELLS=20000 RECURRENT_FUZZ_SEED=7 dotnet test tests --filter FullyQualifiedName~RandomCellFuzzTests</c>
/// draws as many from another seed, and tells how far it is on standard error. A failure names the seed of its cell, and its source.
/// </remarks>
public class RandomCellFuzzTests
{
    private const int Usual = 500;

    /// <summary>Cells of one compilation: one of many is cheaper than many of one.</summary>
    private const int Batch = 25;

    private const int Steps = 3;

    /// <summary>More steps than a pass takes at once; for some of the cells.</summary>
    private const int LongSequence = 67;

    /// <summary>Numbers of each kind that are moved for finite differences.</summary>
    private const int Moved = 6;

    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 19, 40, 65];

    private static readonly Stopwatch Watch = Stopwatch.StartNew();

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RECURRENT_FUZZ_CELLS") is not null;

    public static TheoryData<int, int> Batches
    {
        get
        {
            int cells = Setting("RECURRENT_FUZZ_CELLS", Usual);
            int seed = Setting("RECURRENT_FUZZ_SEED", 1) * 1_000_000;
            TheoryData<int, int> rows = [];
            for (int at = 0; at < cells; at += Batch)
            {
                rows.Add(seed + at, Math.Min(Batch, cells - at));
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Random_cells_compute_what_their_equations_say(int seed, int count)
    {
        RandomCell[] cells = [.. Enumerable.Range(seed, count).Select(RandomCell.Draw)];
        NetworkDeclaration[] networks = [.. cells.Select((cell, i) => Declare(cell, seed + i))];
        Consumer consumer = Consumer.Run(Consumer.Compile(
            "using Recurrent;\nusing static Recurrent.Equations;\n\n" + string.Concat(cells.Select(cell => cell.Source)) + string.Concat(networks.Select(network => network.Source))));
        consumer.AnalyzerDiagnostics(withGenerated: false).ShouldBeEmpty();
        consumer.Result.Results.ShouldAllBe(result => result.Exception == null);
        Assembly assembly = consumer.Assembly;

        List<string> wrong = [];
        foreach ((RandomCell cell, NetworkDeclaration declaration) in cells.Zip(networks))
        {
            try
            {
                CompiledNetwork network = new(declaration, NetworkClass.Of(assembly.GetType(declaration.Name, throwOnError: true)!));
                Check(network, declaration.Input % 4 == 0);
                MethodSizeTests.TooLarge(network).ShouldBeEmpty();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                wrong.Add($"{failure.Message}\n{cell.Source}{declaration.Source}");
            }
        }

        if (IsLong)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"fuzz: cells {seed} to {seed + count - 1}: {wrong.Count} wrong, {Watch.Elapsed.TotalSeconds:F0} s{string.Concat(wrong.Select(text => "\n" + text))}"));
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    private static void Check(CompiledNetwork network, bool isLong)
    {
        RandomCellChecks.Values(network, Steps);
        RandomCellChecks.ForwardBits(network, Steps);
        GradientTests.Check(network, Steps, Moved, least: 1e-2);
        RandomCellChecks.BackwardBits(network, Steps);
        if (isLong)
        {
            RandomCellChecks.ForwardBits(network, LongSequence);
            RandomCellChecks.BackwardBits(network, LongSequence);
        }
    }

    private static NetworkDeclaration Declare(RandomCell cell, int seed)
    {
        Random random = new(seed);
        int Size() => Math.Max(cell.MinimumSize, Sizes[random.Next(Sizes.Length)]);
        return new NetworkDeclaration("Network" + cell.Name, Size(), cell.Layer(Size(), "cell"));
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is string text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
