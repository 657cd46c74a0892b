using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Recurrent.Gen;

namespace Recurrent.Bench.Building;

/// <summary>A consumer's project in memory: some networks of three layers each, and a file that has nothing to do with them.</summary>
public sealed class Project
{
    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(Vec).Assembly.Location)];

    /// <param name="networks">How many networks the project declares; no two have the same sizes.</param>
    public Project(int networks)
    {
        IEnumerable<string> sources = Enumerable.Range(0, networks).Select(Network);
        Compilation = CSharpCompilation.Create(
            "Consumer", sources.Select((source, i) => Parse(source, string.Create(CultureInfo.InvariantCulture, $"Network{i}.cs"))).Append(Other("")), References, Options);
    }

    /// <summary>The sources, without what the generator adds.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>The sources after a keystroke in the other file.</summary>
    public CSharpCompilation Edited => Compilation.ReplaceSyntaxTree(Compilation.SyntaxTrees[^1], Other("x"));

    /// <summary>The generator, as a compiler hosts it.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new RecurrentGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    /// <summary>Compiles to nowhere.</summary>
    /// <exception cref="InvalidOperationException">The sources do not compile.</exception>
    public static void Emit(Compilation compilation)
    {
        EmitResult result = compilation.Emit(Stream.Null);
        if (!result.Success)
        {
            throw new InvalidOperationException("The project does not compile: " + result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }
    }

    private static string Network(int number) => string.Create(CultureInfo.InvariantCulture, $"""
        using Recurrent;

        [Network(Input = {8 + number})]
        [Dense({16 + number}, Activation.Relu)]
        [Gru({24 + number})]
        [Dense(2)]
        public sealed partial class Network{number};
        """);

    private static SyntaxTree Other(string typed) => Parse($"internal static class Other {{ public static int Number{typed} => 1; }}", "Other.cs");

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);
}
