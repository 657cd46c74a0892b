using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

public class GeneratorTests
{
    public static TheoryData<string> Names => [.. GoodSources.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_good_source_gets_no_diagnostics_and_compiles(string name)
    {
        Consumer consumer = Consumer.Build(GoodSources.All[name]);

        consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull();
        consumer.Result.Diagnostics.ShouldBeEmpty();
        consumer.AnalyzerDiagnostics().ShouldBeEmpty();
        consumer.CompilerDiagnostics(DiagnosticSeverity.Error).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_runs_give_the_same_files_and_bytes(string name)
    {
        Consumer first = Consumer.Run(Consumer.Compile(GoodSources.All[name]));
        Consumer second = Consumer.Run(Consumer.Compile(GoodSources.All[name]));

        second.Sources.ShouldBe(first.Sources);
    }

    [SkippableTheory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    public async Task The_culture_of_the_machine_changes_no_byte(string culture)
    {
        CultureInfo info;
        try
        {
            info = new CultureInfo(culture);
        }
        catch (CultureNotFoundException)
        {
            info = CultureInfo.InvariantCulture;
        }

        Skip.If(info.TextInfo.ToUpper('i') == 'I' && info.NumberFormat.NegativeSign == "-", $"This machine has no data of {culture}.");
        string source = GoodSources.All["a cell with every word"] + "\n"
            + "[Cell] public struct Iliad { public static Vec Step(Vec x, Vec h, Vec I) => -1.5e-20 * h * I; }\n"
            + "public sealed class IliadAttribute(int SIZE) : LayerAttribute<Iliad>(SIZE);\n"
            + "[Network(Input = 2), Iliad(4)] public partial class Ithaca;\n";
        IReadOnlyDictionary<string, string> wanted = await Generate(CultureInfo.InvariantCulture, source);

        IReadOnlyDictionary<string, string> sources = await Generate(info, source);

        sources.ShouldNotBeEmpty();
        sources.ShouldBe(wanted);
    }

    [Fact]
    public void Without_the_runtime_nothing_is_generated_and_nothing_breaks()
    {
        CSharpCompilation compilation = Consumer.Compile([.. GoodSources.All.Values])
            .WithReferences(Basic.Reference.Assemblies.Net100.References.All);

        Consumer consumer = Consumer.Run(compilation);

        consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull();
        consumer.Sources.ShouldBeEmpty();
        consumer.AnalyzerDiagnostics().ShouldBeEmpty();
    }

    [Fact]
    public void Files_of_generated_sources_end_their_lines_with_a_line_feed_alone()
    {
        foreach (string source in GoodSources.All.Values)
        {
            Consumer.Build(source.ReplaceLineEndings("\r\n")).Sources.Values.ShouldAllBe(text => !text.Contains('\r'));
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> Generate(CultureInfo culture, string source) => await Task.Run(() =>
    {
        // The culture flows with this task alone, and to the threads that the generator may start.
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
        return Consumer.Run(Consumer.Compile(source)).Sources;
    });
}
