using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recurrent.Gen;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conventions;

/// <summary>What each stage of the generator may know, read from its sources by the compiler: every name, whatever it is spelled like.</summary>
public class StageTests
{
    private const string Roslyn = "Microsoft.CodeAnalysis";

    /// <summary>A stage, and the folders whose types it may mention beside its own.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = ["Graph"],
        ["Graph"] = ["Model"],
        ["Transform"] = ["Graph", "Model"],
        ["Schedule"] = [],
        ["Lower"] = ["Schedule", "Transform", "Graph", "Model"],
        ["Emit"] = ["Lower", "Schedule", "Graph", "Model", Roslyn],
        ["Parse"] = ["Graph", "Model", "Diagnostics", Roslyn],
        ["Diagnostics"] = ["Parse", "Model", Roslyn],
        ["CodeFixes"] = ["Diagnostics", Roslyn],
    };

    private static readonly Lazy<IReadOnlyDictionary<string, SortedSet<string>>> Mentioned = new(Read);

    public static TheoryData<string> Stages => new(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "generator"))
        .Select(folder => Path.GetFileName(folder)!)
        .Where(folder => folder is not ("bin" or "obj" or "Properties")));

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_mentions_only_the_stages_that_it_may_know(string stage)
    {
        Allowed.ShouldContainKey(stage, "a new folder of the generator says here what it may know");
        Mentioned.Value[stage].Except(Allowed[stage]).ShouldBeEmpty();
    }

    [Fact]
    public void Mentions_are_found() => Mentioned.Value["Emit"].ShouldContain("Lower");

    private static IReadOnlyDictionary<string, SortedSet<string>> Read()
    {
        SyntaxTree[] trees = Repository.Sources("generator").Select(file => CSharpSyntaxTree.ParseText(file.Value, path: file.Key)).ToArray();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generator",
            trees,
            [
                .. Basic.Reference.Assemblies.Net100.References.All,
                MetadataReference.CreateFromFile(typeof(Compilation).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(CSharpCompilation).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(System.Collections.Immutable.ImmutableArray).Assembly.Location),
            ],
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));

        Dictionary<string, SortedSet<string>> mentioned = [];
        foreach (SyntaxTree tree in trees.Where(tree => tree.FilePath.Split('/').Length > 2))
        {
            string stage = tree.FilePath.Split('/')[1];
            SemanticModel model = compilation.GetSemanticModel(tree);
            SortedSet<string> names = mentioned.TryGetValue(stage, out SortedSet<string>? known) ? known : mentioned[stage] = [];
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                INamespaceSymbol? space = symbol as INamespaceSymbol ?? symbol?.ContainingNamespace;
                if (StageOf(space?.ToDisplayString() ?? "") is string other && other != stage)
                {
                    names.Add(other);
                }
            }
        }

        return mentioned;
    }

    private static string? StageOf(string space)
    {
        string root = typeof(RecurrentGenerator).Namespace + ".";
        return space.StartsWith(Roslyn, StringComparison.Ordinal) ? Roslyn
            : space.StartsWith(root, StringComparison.Ordinal) ? space[root.Length..].Split('.')[0]
            : null;
    }
}
