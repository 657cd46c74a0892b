using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.CodeFixes;

/// <summary>Lets a project have unsafe code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AllowUnsafeFix : CodeFixProvider
{
    private const string Title = "Allow unsafe code in this project";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.UnsafeNotAllowed.Id];

    /// <summary>None, for one fix mends the whole project.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        if (project.CompilationOptions is CSharpCompilationOptions options)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    Title,
                    _ => Task.FromResult(project.Solution.WithProjectCompilationOptions(project.Id, options.WithAllowUnsafe(true))),
                    equivalenceKey: nameof(AllowUnsafeFix)),
                context.Diagnostics);
        }

        return Task.CompletedTask;
    }
}
