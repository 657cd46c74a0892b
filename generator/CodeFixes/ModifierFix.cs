using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.CodeFixes;

/// <summary>Adds a modifier that a declaration lacks, or removes one that it must not have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ModifierFix : TextFix
{
    private static readonly ImmutableArray<string> Adding = [Descriptors.NotPartial.Id, Descriptors.NoStep.Id];

    private static readonly ImmutableArray<string> Removing = [Descriptors.AbstractOrStatic.Id, Descriptors.FileLocal.Id];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. Adding, .. Removing];

    protected override string? Title(Diagnostic diagnostic, FixedFile file) =>
        Change(diagnostic, file) is null ? null : $"{(Adding.Contains(diagnostic.Id) ? "Add" : "Remove")} '{Repair.Of(diagnostic)!.Text}'";

    protected override IEnumerable<TextChange> Changes(IReadOnlyList<Diagnostic> diagnostics, FixedFile file) =>
        diagnostics.Select(diagnostic => Change(diagnostic, file)!.Value);

    private static TextChange? Change(Diagnostic diagnostic, FixedFile file)
    {
        if (Repair.Of(diagnostic) is not { Text: string modifier } || file.At<MemberDeclarationSyntax>(diagnostic.Location) is not { } declaration)
        {
            return null;
        }

        SyntaxToken there = declaration.Modifiers.FirstOrDefault(token => token.Text == modifier);
        if (Removing.Contains(diagnostic.Id))
        {
            return there == default ? null : file.Delete(there.Span);
        }

        // 'partial' is the last modifier; where the others stand is free.
        int? place = declaration switch
        {
            TypeDeclarationSyntax type => type.Keyword.SpanStart,
            MethodDeclarationSyntax method => method.ReturnType.SpanStart,
            _ => null,
        };
        return there == default && place is int start ? new TextChange(new TextSpan(start, 0), modifier + " ") : null;
    }
}
