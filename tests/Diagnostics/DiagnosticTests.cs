using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Recurrent.Gen.Model;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Diagnostics;

public class DiagnosticTests
{
    public static TheoryData<string> Names => [.. DiagnosticCases.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_reported_once_and_exactly_where_it_is(string name)
    {
        DiagnosticCase row = DiagnosticCases.All.Single(row => row.Name == name);
        (string source, TextSpan span) = row.Unmarked();
        Consumer consumer = Consumer.Run(Consumer.Compile(source).WithOptions(Consumer.CompilationOptions.WithAllowUnsafe(row.AllowUnsafe)));

        Diagnostic diagnostic = consumer.AnalyzerDiagnostics().ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe(row.Id);
        diagnostic.GetMessage().ShouldContain(row.Message);
        source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)
            .ShouldBe(source.Substring(span.Start, span.Length));
        diagnostic.Location.SourceSpan.ShouldBe(span);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_does_not_make_the_generator_throw(string name)
    {
        DiagnosticCase row = DiagnosticCases.All.Single(row => row.Name == name);

        Consumer consumer = Consumer.Build(row.Unmarked().Source);

        consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull();
    }

    [Fact]
    public void Members_that_the_generator_itself_has_added_do_not_collide()
    {
        CSharpCompilation compilation = Consumer.Compile("using Recurrent; [Network(Input = 1), Gru(2)] public partial class Policy;");
        const string Added = "public partial class Policy { public static int StateSize => 2; private Policy(int size) { } }";

        Consumer generated = Consumer.Run(compilation.AddSyntaxTrees(Consumer.Parse(Added, "Recurrent.Gen/Recurrent.Gen.RecurrentGenerator/Policy.g.cs")));
        Consumer written = Consumer.Run(compilation.AddSyntaxTrees(Consumer.Parse(Added, "Policy.cs")));

        generated.AnalyzerDiagnostics().ShouldBeEmpty();
        written.AnalyzerDiagnostics().Select(diagnostic => diagnostic.Id).ShouldBe(["RGEN017", "RGEN017"]);
    }

    [Fact]
    public void A_diagnostic_heeds_a_pragma()
    {
        Consumer consumer = Consumer.Build(
            """
            #pragma warning disable RGEN019
            using Recurrent;
            [Gru(3)]
            public partial class Policy;
            """);

        consumer.AnalyzerDiagnostics().ShouldBeEmpty();
    }

    [Fact]
    public void A_network_with_several_mistakes_hears_of_all_of_them()
    {
        Consumer consumer = Consumer.Build(
            """
            using Recurrent;
            [Network(Input = 0)]
            [Gru(0, Name = "a b")]
            [Dense(-1)]
            public class Policy;
            """);

        consumer.AnalyzerDiagnostics().Select(diagnostic => diagnostic.Id).Order()
            .ShouldBe(["RGEN001", "RGEN008", "RGEN008", "RGEN008", "RGEN013"]);
    }

    [Fact]
    public void A_broken_cell_is_told_of_at_the_cell_alone()
    {
        Consumer consumer = Consumer.Build(
            """
            using Recurrent;
            [Cell]
            public struct Odd
            {
                public static Vec Step(Vec x, Vec h, Mat W) => new Vec(1);
            }
            [Network(Input = 1)]
            [Layer<Odd>(3)]
            public partial class Policy;
            """);

        consumer.AnalyzerDiagnostics().Select(diagnostic => diagnostic.Id).ShouldBe(["RGEN100"]);
    }
}
