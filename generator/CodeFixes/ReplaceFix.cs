using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.CodeFixes;

/// <summary>Writes what the diagnostic says in place of what is there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ReplaceFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.WholeDivision.Id, Descriptors.MathCall.Id];

    protected override string? Title(Diagnostic diagnostic, FixedFile file) =>
        Repair.Of(diagnostic) is { Place: not null } repair ? $"Write '{repair.Text}'" : null;

    protected override IEnumerable<TextChange> Changes(IReadOnlyList<Diagnostic> diagnostics, FixedFile file) => diagnostics
        .Select(diagnostic => Repair.Of(diagnostic)!)
        .Select(repair => new TextChange(repair.Place!.SourceSpan, repair.Text));
}
