using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Recurrent.Gen.CodeFixes;
using Recurrent.Gen.Diagnostics;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Tests.Diagnostics;

/// <summary>A consumer's project as an editor has it: of one file, with diagnostics and the fixes that are offered for them.</summary>
public sealed class FixedProject : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly DocumentId _file;

    public FixedProject(string source, bool allowUnsafe = true)
    {
        ProjectInfo project = ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Consumer",
            "Consumer",
            LanguageNames.CSharp,
            compilationOptions: Consumer.CompilationOptions.WithAllowUnsafe(allowUnsafe),
            parseOptions: Consumer.ParseOptions,
            metadataReferences: Consumer.References);
        _file = _workspace.AddDocument(_workspace.AddProject(project).Id, "Source.cs", Microsoft.CodeAnalysis.Text.SourceText.From(source)).Id;
    }

    /// <summary>Every fix that the package has.</summary>
    public static IReadOnlyList<CodeFixProvider> Fixes { get; } = typeof(TextFix).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .ToList();

    public string Text => Document.GetTextAsync().GetAwaiter().GetResult().ToString();

    public Project Project => Document.Project;

    private Document Document => _workspace.CurrentSolution.GetDocument(_file)!;

    public void Dispose() => _workspace.Dispose();

    /// <summary>What the analyzer says, in the order of the source.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics() => Analyze(Project).GetAwaiter().GetResult();

    /// <summary>What an editor offers for a diagnostic.</summary>
    public IReadOnlyList<CodeAction> Offers(Diagnostic diagnostic)
    {
        List<CodeAction> offers = [];
        foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            fix.RegisterCodeFixesAsync(new CodeFixContext(Document, diagnostic, (action, _) => offers.Add(action), CancellationToken.None)).GetAwaiter().GetResult();
        }

        return offers;
    }

    /// <summary>Does what was offered.</summary>
    public void Apply(CodeAction action)
    {
        foreach (ApplyChangesOperation change in action.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult().OfType<ApplyChangesOperation>())
        {
            if (!_workspace.TryApplyChanges(change.ChangedSolution))
            {
                throw new InvalidOperationException($"'{action.Title}' could not be applied.");
            }
        }
    }

    /// <summary>What an editor offers for all diagnostics of an id in the project, or null.</summary>
    public CodeAction? OfferForAll(string id)
    {
        CodeFixProvider fix = Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        FixAllContext context = new(Document, fix, FixAllScope.Project, fix.GetType().Name, [id], new Told(), CancellationToken.None);
        return fix.GetFixAllProvider()?.GetFixAsync(context).GetAwaiter().GetResult();
    }

    private static async Task<IReadOnlyList<Diagnostic>> Analyze(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return found.OrderBy(diagnostic => diagnostic.Location.SourceSpan).ToList();
    }

    private sealed class Told : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await Analyze(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await Analyze(document.Project);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
