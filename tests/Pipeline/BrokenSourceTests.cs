using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

public class BrokenSourceTests
{
    private const int CasesPerSeed = 25;

    private static readonly string[] Fragments =
        ["", "(", ")", "[", "]", "{", "}", "<", ">", ";", ",", ".", "*", "-", "=>", "\"", "'", "//", "/*", "0", "1e999", "null", "default", "Vec", "Mat", "static", "typeof(", "Step", "$\"", "@", "?", "\u0130", "\ud800"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Half_typed_code_never_makes_the_generator_or_the_analyzer_throw(int seed)
    {
        Random random = new(seed);
        string[] sources = [.. GoodSources.All.Values];
        for (int i = 0; i < CasesPerSeed; i++)
        {
            string source = Break(sources[random.Next(sources.Length)], random);

            Consumer consumer = Consumer.Run(Consumer.Compile(source));

            consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull(source);
            consumer.AnalyzerDiagnostics(withGenerated: false).Where(diagnostic => !diagnostic.Id.StartsWith("RGEN", StringComparison.Ordinal)).ShouldBeEmpty(source);
        }
    }

    [Theory]
    [InlineData("[Network(Input = 1), Gru(2)] partial class Policy; [Network(Input = 1)] partial class Policy;")]
    [InlineData("[Network(Input = 1), Gru(2), Network(Input = 2)] partial class Policy;")]
    [InlineData("[Cell] public partial struct Odd { public static Vec Step(Vec x, Vec h) => h; } [Cell] public partial struct Odd;")]
    [InlineData("[Network(Input = 1), Gru(2)] partial class Policy; [Network(Input = 1), Gru(2)] partial class Policy;")]
    [InlineData("namespace A.B { [Network(Input = 1), Gru(2)] partial class C; } namespace A { partial class B { [Network(Input = 1), Gru(2)] partial class C; } }")]
    [InlineData("[Network(Input = 1), Layer<Policy>(2)] partial class Policy;")]
    [InlineData("[Network(Input = 1), Layer<>(2)] partial class Policy;")]
    [InlineData("[Network(Input = 1), Gru] partial class Policy;")]
    [InlineData("[Network(Input = 1), Gru(\"2\")] partial class Policy;")]
    [InlineData("[Network(Input = 1), Missing(2)] partial class Policy;")]
    [InlineData("[Network(Input = null), Gru(2, Name = null)] partial class Policy;")]
    [InlineData("class LoopAttribute : LoopAttribute; [Network(Input = 1), Loop] partial class Policy;")]
    [InlineData("class LoopAttribute(int size) : LayerAttribute<LoopAttribute>(size); [Network(Input = 1), Loop(1)] partial class Policy;")]
    [InlineData("[Cell] public struct Odd { [Tensor(null!, null!)] public static Vec Step(Vec x, Vec h, [Shape(null!)] Vec b) => h + b; }")]
    [InlineData("[Cell] public struct Odd { [Tensor(\"b\", null!)] public static Vec Step(Vec x, Vec h, [Shape()] Vec b) => h + b; }")]
    [InlineData("[Cell] public struct Odd { public static Vec Step(Vec x, Vec h); }")]
    [InlineData("[Cell] public struct Odd { public static Vec Step(Vec x, Vec h, Vec h) => h; }")]
    [InlineData("[Cell] public struct Odd { public static Vec Step(Vec x, Vec h) { Vec a = b; Vec b = a; return a; } }")]
    [InlineData("[Cell] public struct Odd { public static Vec Step(Vec x, Vec h) { } }")]
    [InlineData("[Cell] public struct Odd { public static (Vec, Vec) Step(Vec x, Vec h, Vec c) => (h, c, c); }")]
    [InlineData("[Cell] public struct Odd { public static partial Vec Step(Vec x, Vec h); }")]
    public void Wrong_code_never_makes_the_generator_or_the_analyzer_throw(string source)
    {
        Consumer consumer = Consumer.Build("using Recurrent;\n" + source);

        consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull();
        consumer.AnalyzerDiagnostics(withGenerated: false).Where(diagnostic => !diagnostic.Id.StartsWith("RGEN", StringComparison.Ordinal)).ShouldBeEmpty();
        consumer.AnalyzerDiagnostics(withGenerated: false).Count.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void An_equation_of_any_depth_is_refused_rather_than_overflowing_the_stack()
    {
        string deep = string.Concat(Enumerable.Repeat("Tanh(", 450)) + "h" + new string(')', 450);
        Consumer consumer = Consumer.Build(
            $$"""
            using Recurrent;
            using static Recurrent.Equations;
            [Cell] public struct Deep { public static Vec Step(Vec x, Vec h) => {{deep}}; }
            """);

        consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull();
        consumer.AnalyzerDiagnostics(withGenerated: false).Select(diagnostic => diagnostic.Id).ShouldBe(["RGEN100"]);
    }

    private static string Break(string source, Random random)
    {
        if (random.Next(3) == 0)
        {
            return source[..random.Next(source.Length)];
        }

        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int start = random.Next(source.Length);
            int length = Math.Min(random.Next(12), source.Length - start);
            source = source[..start] + Fragments[random.Next(Fragments.Length)] + source[(start + length)..];
        }

        return source;
    }
}
