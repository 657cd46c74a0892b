using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Recurrent.Gen;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Parse;
using OutputKind = Microsoft.CodeAnalysis.OutputKind;

namespace Recurrent.Tests.Pipeline;

/// <summary>
/// A consumer's project in memory: source text compiled against the framework and the runtime, with the generator.
/// </summary>
public sealed class Consumer
{
    public static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithDocumentationMode(DocumentationMode.Diagnose);

    public static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable,
        deterministic: true);

    private static readonly ConcurrentDictionary<string, Lazy<Consumer>> Built = new(StringComparer.Ordinal);

    private readonly Lazy<Assembly> _assembly;

    private Consumer(CSharpCompilation before, CSharpCompilation compilation, GeneratorDriverRunResult result)
    {
        Before = before;
        Compilation = compilation;
        Result = result;
        _assembly = new Lazy<Assembly>(Load);
    }

    /// <summary>The framework and the runtime.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(Vec).Assembly.Location),
    ];

    /// <summary>The user's sources alone.</summary>
    public CSharpCompilation Before { get; }

    /// <summary>The user's sources and the generated ones.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>What the generator did.</summary>
    public GeneratorDriverRunResult Result { get; }

    /// <summary>The generated sources by the names of their files.</summary>
    public IReadOnlyDictionary<string, string> Sources => Result.Results
        .Where(result => !result.GeneratedSources.IsDefault)
        .SelectMany(result => result.GeneratedSources)
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>The compiled assembly, loaded.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; the message lists the errors.</exception>
    public Assembly Assembly => _assembly.Value;

    /// <summary>Builds a project, or returns the one that was built from the same sources before.</summary>
    public static Consumer Build(params string[] sources) =>
        Built.GetOrAdd(string.Join("\0", sources), _ => new Lazy<Consumer>(() => Run(Compile(sources)))).Value;

    /// <summary>The compilation of a project, before the generator.</summary>
    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Consumer",
        sources.Select((source, i) => Parse(source, $"Source{i}.cs")),
        References,
        CompilationOptions);

    /// <summary>A source file of a project.</summary>
    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>Runs the generator over a compilation; nothing is cached.</summary>
    public static Consumer Run(CSharpCompilation before)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(before, out Compilation after, out _);
        return new Consumer(before, (CSharpCompilation)after, driver.GetRunResult());
    }

    /// <summary>The generator, as a compiler hosts it.</summary>
    public static GeneratorDriver Driver(bool trackSteps = false) => CSharpGeneratorDriver.Create(
        [new RecurrentGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    /// <summary>What the compiler says about the user's and the generated sources, from this severity on.</summary>
    public IReadOnlyList<Diagnostic> CompilerDiagnostics(DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= severity).ToList();

    /// <summary>What the analyzer says, in the order of the source; suppressed diagnostics are left out.</summary>
    /// <param name="withGenerated">Whether it sees the generated sources too, as in a build; without them it is faster.</param>
    public IReadOnlyList<Diagnostic> AnalyzerDiagnostics(bool withGenerated = true) =>
        Analyze(withGenerated ? Compilation : Before).GetAwaiter().GetResult();

    /// <summary>What the parser reads from a network's declaration, or null where the declaration has a problem.</summary>
    /// <param name="metadataName">The class, such as <c>Some.Space.Policy</c>, or <c>Some.Space.Outer+Policy</c>.</param>
    public NetworkSpec? Network(string metadataName) => NetworkParser.Parse(Type(metadataName), Before, new Problems(), CancellationToken.None);

    /// <summary>What the parser reads from a cell's equations, or null where they have a problem.</summary>
    /// <param name="metadataName">The struct.</param>
    public CellEquations? Cell(string metadataName) => CellParser.Parse(Type(metadataName), Before, new Problems(), CancellationToken.None);

    /// <summary>The compiled bytes.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; the message lists the errors.</exception>
    public byte[] Emit()
    {
        using MemoryStream stream = new();
        EmitResult result = Compilation.Emit(stream);
        if (!result.Success)
        {
            throw new InvalidOperationException("The consumer does not compile:\n" + string.Join('\n', result.Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Take(20)));
        }

        return stream.ToArray();
    }

    private INamedTypeSymbol Type(string metadataName) =>
        Before.GetTypeByMetadataName(metadataName) ?? throw new ArgumentException($"The consumer has no type '{metadataName}'.", nameof(metadataName));

    private Assembly Load() => new AssemblyLoadContext("consumer", isCollectible: true).LoadFromStream(new MemoryStream(Emit()));

    private static async Task<IReadOnlyList<Diagnostic>> Analyze(CSharpCompilation compilation)
    {
        // An exception of the analyzer would be turned into a diagnostic that says so; tests see it as any other.
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new NetworkAnalyzer()]);
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return found
            .Where(diagnostic => !diagnostic.IsSuppressed)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ToList();
    }
}
