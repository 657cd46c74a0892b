using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conventions;

/// <summary>Code that documentation shows is code that compiles.</summary>
public partial class DocumentationTests
{
    /// <summary>What the statements of a page read and do not declare.</summary>
    private const string Given =
        """
        private static readonly Policy policy = null!;
        private static readonly int streams = 1;
        private static readonly float[] state = [], observation = [], observations = [], action = [], actions = [], inputs = [], targets = [];
        private static readonly Speller network = null!;
        private static readonly int[] beginning = [], tokens = [], source = [];
        private static readonly int startToken = 0, endToken = 1;
        private static readonly Recurrent.Training.TrainingSequence[] pairs = [];
        """;

    /// <summary>Networks that statements of a page name and do not declare.</summary>
    private const string GivenNetworks =
        """
        using Recurrent;
        [Network(Input = 1), Embedding(9, 4), Gru(8), Dense(9)]
        public sealed partial class Speller;
        [Network(Input = 1), Embedding(9, 4), Gru(8)]
        public sealed partial class Reader;
        [Network(Input = 1), Embedding(9, 4), Gru(8), Dense(9)]
        public sealed partial class Writer;
        """;

    [Theory]
    [InlineData("README.md", 4)]
    [InlineData("docs/adding.md", 1)]
    [InlineData("docs/language.md", 1)]
    [InlineData("docs/precision.md", 1)]
    public void Every_block_of_a_page_compiles(string page, int least)
    {
        string[] blocks = [.. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(match => match.Groups["code"].Value)];
        blocks.Length.ShouldBeGreaterThanOrEqualTo(least);

        Consumer consumer = Consumer.Build([GivenNetworks, .. blocks.Select(Source)]);

        consumer.CompilerDiagnostics(DiagnosticSeverity.Error).ShouldBeEmpty();
        consumer.AnalyzerDiagnostics(withGenerated: false).ShouldBeEmpty();
    }

    [Fact]
    public void The_page_of_the_language_has_every_word_and_no_other()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/language.md")).ReplaceLineEndings("\n");
        string[] words = [.. typeof(Equations).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.Name).Distinct().Order()];
        IEnumerable<string> rows = page.Split("## Words")[1].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        rows.SelectMany(row => Word().Matches(row.Split(" | ")[0])).Select(word => word.Groups[1].Value).Distinct().Order().ShouldBe(words);
    }

    /// <summary>A file of its own: declarations as they are, statements in a method.</summary>
    private static string Source(string code, int number)
    {
        if (code.Contains("public ", StringComparison.Ordinal))
        {
            return code.StartsWith("using ", StringComparison.Ordinal) ? code : "using Recurrent;\nusing static Recurrent.Equations;\n" + code;
        }

        ILookup<bool, string> lines = code.Split('\n').ToLookup(line => Import().IsMatch(line));
        return string.Join('\n', lines[true]) + $"\npublic static class Page{number}\n{{\n{Given}\npublic static void Use()\n{{\n{string.Join('\n', lines[false])}\n}}\n}}\n";
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?:Equations\.)?(\w+)\(")]
    private static partial Regex Word();

    [GeneratedRegex("^using [A-Za-z.]+;$")]
    private static partial Regex Import();
}
