using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Recurrent.Gen.CodeFixes;

/// <summary>A fix that changes the text of the file that its diagnostic is in. What it does not change, comments among it, stays as it is.</summary>
public abstract class TextFix : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await Fix(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        FixedFile file = await FixedFile.Read(context.Document, context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (Title(diagnostic, file) is { } title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => Fix(context.Document, [diagnostic], cancellation), equivalenceKey: GetType().Name),
                    diagnostic);
            }
        }
    }

    /// <summary>What the fix does, as the editor offers it; null where it cannot.</summary>
    protected abstract string? Title(Diagnostic diagnostic, FixedFile file);

    /// <summary>The changes that mend diagnostics for which there is a title.</summary>
    protected abstract IEnumerable<TextChange> Changes(IReadOnlyList<Diagnostic> diagnostics, FixedFile file);

    private async Task<Document> Fix(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        FixedFile file = await FixedFile.Read(document, cancellation).ConfigureAwait(false);
        List<Diagnostic> fixable = diagnostics.Where(diagnostic => Title(diagnostic, file) is not null).ToList();
        List<TextChange> changes = [];
        foreach (TextChange change in Changes(fixable, file).Distinct().OrderBy(change => change.Span.Start).ThenBy(change => change.Span.Length))
        {
            // One diagnostic may be about a part of what another one removes.
            if (changes.Count == 0 || change.Span.Start >= changes[changes.Count - 1].Span.End)
            {
                changes.Add(change);
            }
        }

        return document.WithText(file.Text.WithChanges(changes));
    }
}
