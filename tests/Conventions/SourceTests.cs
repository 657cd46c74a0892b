using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conventions;

/// <summary>How sources look, written ones and generated ones.</summary>
public class SourceTests
{
    private const int MostLines = 400;

    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Processor", "Info"];

    private static readonly string[] Folders = ["generator", "runtime", "tests", "samples", "bench"];

    [Fact]
    public void A_file_has_fewer_than_400_lines() =>
        Repository.Sources(Folders)
            .Select(file => (File: file.Key, Lines: file.Value.Count(letter => letter == '\n')))
            .Where(file => file.Lines >= MostLines)
            .ShouldBeEmpty();

    [Fact]
    public void A_file_ends_its_lines_with_a_line_feed_and_has_no_byte_order_mark() =>
        Repository.Sources(Folders).Keys
            .Where(path => File.ReadAllBytes(Path.Combine(Repository.Root, path)) is [0xEF, 0xBB, 0xBF, ..] or [] or [.., not (byte)'\n']
                || File.ReadAllText(Path.Combine(Repository.Root, path)).Contains('\r', StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void No_type_is_named_with_an_empty_word() =>
        Repository.Sources(Folders)
            .SelectMany(file => CSharpSyntaxTree.ParseText(file.Value).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Select(type => type.Identifier.Text)
            .Where(name => name != nameof(TensorInfo) && EmptyWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    /// <summary>The order in which <c>TensorPrimitives</c> adds up follows from the width of the machine's vectors.</summary>
    [Fact]
    public void Training_leaves_the_order_of_no_sum_to_the_machine() =>
        Repository.Sources("runtime")
            .Where(file => Regex.IsMatch(file.Value, @"TensorPrimitives\.(Sum|Dot|Norm|Average|StdDev|Distance|CosineSimilarity|SoftMax|Product)"))
            .Select(file => file.Key)
            .ShouldBeEmpty();

    [Fact]
    public void A_generated_file_ends_its_lines_with_a_line_feed_and_has_nothing_behind_them()
    {
        IReadOnlyDictionary<string, string> files = Consumer.Build(
            "[Recurrent.Network(Input = 3), Recurrent.Lstm(5), Recurrent.Gru(20), Recurrent.Dense(2)] public sealed partial class Policy;").Sources;

        files.Count.ShouldBeGreaterThan(10);
        foreach ((string name, string text) in files)
        {
            text.ShouldNotContain("\r", Case.Sensitive, name);
            text.ShouldNotContain("\t", Case.Sensitive, name);
            text.ShouldNotContain("\uFEFF", Case.Sensitive, name);
            text.ShouldNotContain(" \n", Case.Sensitive, name);
            text.ShouldNotContain("\n\n\n", Case.Sensitive, name);
            text.ShouldEndWith("}\n", Case.Sensitive, name);
        }
    }
}
