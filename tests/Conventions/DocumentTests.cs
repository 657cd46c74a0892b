using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conventions;

/// <summary>What the documents say is what there is; the pages of diagnostics have tests of their own.</summary>
public partial class DocumentTests
{
    public static TheoryData<string> Documents => ["README.md", "docs/language.md", "docs/adding.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_cells_and_networks_of_a_document_get_no_diagnostics_and_compile(string document)
    {
        List<BaseTypeDeclarationSyntax[]> examples = [.. Text(document).Split("```csharp\n").Skip(1)
            .Select(part => Declarations(part.Split("```")[0]))
            .Where(types => types.Any(type => Has(type, "Cell") || Has(type, "Network")))];

        examples.ShouldNotBeEmpty();
        foreach (BaseTypeDeclarationSyntax[] types in examples)
        {
            // A cell is put to use, so that its equations reach every stage.
            IEnumerable<string> networks = types.Where(type => Has(type, "Cell"))
                .Select(cell => $"[Network(Input = 3), Layer<{cell.Identifier.Text}>(4)] public partial class With{cell.Identifier.Text};\n");
            string source = "using Recurrent;\nusing static Recurrent.Equations;\n" + string.Concat(types.Select(type => type.ToFullString())) + string.Concat(networks);

            Consumer consumer = Consumer.Build(source);

            consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull(source);
            consumer.AnalyzerDiagnostics().ShouldBeEmpty(source);
            consumer.CompilerDiagnostics(DiagnosticSeverity.Error).ShouldBeEmpty(source);
        }
    }

    [Fact]
    public void The_page_of_the_language_has_every_word_and_no_other()
    {
        string[] words = [.. typeof(Equations).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.Name).Distinct().Order()];
        IEnumerable<string> rows = Text("docs/language.md").Split("## Words")[1].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        rows.SelectMany(row => Word().Matches(row.Split(" | ")[0])).Select(word => word.Groups[1].Value).Distinct().Order().ShouldBe(words);
    }

    private static BaseTypeDeclarationSyntax[] Declarations(string example) =>
        [.. Consumer.Parse(example, "Example.cs").GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()];

    private static bool Has(BaseTypeDeclarationSyntax type, string attribute) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(candidate => candidate.Name.ToString() == attribute);

    private static string Text(string document) => File.ReadAllText(Path.Combine(Repository.Root, document)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"`(?:Equations\.)?(\w+)\(")]
    private static partial Regex Word();
}
