using System;
using System.Linq;
using System.Threading;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Parse;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class EquationReaderTests
{
    public static TheoryData<string> Names => [.. EquationReaderCases.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_construct_is_read_as_these_values(string name)
    {
        EquationReaderCase row = EquationReaderCases.All.Single(row => row.Name == name);
        Consumer consumer = Consumer.Build(Source(row.Step));

        CellEquations cell = CellParser.Parse(consumer.Before.GetTypeByMetadataName("Read")!, consumer.Before, new Problems(), CancellationToken.None).ShouldNotBeNull();

        GraphText.Print(cell.Body).Trim().Replace(" [] =", " =", StringComparison.Ordinal).Replace("\n", "; ", StringComparison.Ordinal).ShouldBe(row.Body);
        consumer.AnalyzerDiagnostics().ShouldBeEmpty();
        consumer.CompilerDiagnostics().ShouldBeEmpty();
    }

    private static string Source(string step) =>
        $$"""
        using Recurrent;
        using static Recurrent.Equations;
        static class Extensions { public static Vec Halved(this Vec v) => 0.5 * v; }
        [Cell] struct Read { {{step}} }
        """;
}
