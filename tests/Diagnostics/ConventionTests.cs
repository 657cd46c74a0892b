using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Tests.Conventions;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Diagnostics;

public class ConventionTests
{
    private const string Usings = "using Recurrent;\nusing static Recurrent.Equations;\n";

    public static TheoryData<string> Ids => [.. All.Select(descriptor => descriptor.Id)];

    private static IEnumerable<DiagnosticDescriptor> All => typeof(Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(static member => member.FieldType == typeof(DiagnosticDescriptor))
        .Select(static member => (DiagnosticDescriptor)member.GetValue(null)!);

    [Fact]
    public void The_analyzer_supports_every_descriptor_and_ids_are_unique()
    {
        new NetworkAnalyzer().SupportedDiagnostics.ShouldBe(All, ignoreOrder: true);
        All.Select(descriptor => descriptor.Id).ShouldBeUnique();
    }

    [Fact]
    public void Every_page_belongs_to_a_descriptor_or_to_a_warning_of_the_build()
    {
        XDocument build = XDocument.Load(Path.Combine(Repository.Root, "runtime", "build", "Recurrent.Gen.targets"));
        string[] warnings = [.. build.Descendants("Warning").Select(warning => warning.Attribute("Code")!.Value)];

        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "RGEN*.md").Select(Path.GetFileNameWithoutExtension).Order()
            .ShouldBe(All.Select(descriptor => descriptor.Id).Concat(warnings).Order());
        build.Descendants("Warning").ShouldAllBe(warning => warning.Attribute("HelpLink")!.Value == Descriptors.UnsafeNotAllowed.HelpLinkUri
            .Replace(Descriptors.UnsafeNotAllowed.Id, warning.Attribute("Code")!.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_descriptor_has_a_page_a_release_tracking_line_and_a_test(string id)
    {
        DiagnosticDescriptor descriptor = All.Single(descriptor => descriptor.Id == id);

        descriptor.HelpLinkUri.ShouldEndWith($"/docs/diagnostics/{id}.md");
        Page(id).ShouldStartWith($"# {id}: {descriptor.Title}\n");
        string[] tracked = [.. new[] { "Shipped", "Unshipped" }.SelectMany(kind => File.ReadAllLines(Path.Combine(Repository.Root, "generator", $"AnalyzerReleases.{kind}.md")))];
        tracked.Count(line => line.StartsWith($"{id} | Recurrent | {descriptor.DefaultSeverity} | ", StringComparison.Ordinal)).ShouldBe(1);
        DiagnosticCases.All.ShouldContain(row => row.Id == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_of_a_page_gets_its_diagnostic_and_the_mended_one_gets_none(string id)
    {
        string[] examples = [.. Page(id).Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0])];
        bool needsUnsafe = id == Descriptors.UnsafeNotAllowed.Id;

        Told(examples[0], allowUnsafe: !needsUnsafe).ShouldContain(id);
        Told(examples[^1], allowUnsafe: true).ShouldBeEmpty();
        examples.Length.ShouldBe(needsUnsafe ? 1 : 2);
    }

    private static IEnumerable<string> Told(string source, bool allowUnsafe) => Consumer
        .Run(Consumer.Compile(Usings + source).WithOptions(Consumer.CompilationOptions.WithAllowUnsafe(allowUnsafe)))
        .AnalyzerDiagnostics()
        .Select(diagnostic => diagnostic.Id);

    private static string Page(string id) => File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md")).ReplaceLineEndings("\n");
}
