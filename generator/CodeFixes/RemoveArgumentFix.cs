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

/// <summary>Removes an argument of a layer's attribute that says nothing there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveArgumentFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ReverseAndBidirectional.Id, Descriptors.NoState.Id];

    protected override string? Title(Diagnostic diagnostic, FixedFile file) => Argument(diagnostic, file) is { } argument ? $"Remove '{argument}'" : null;

    protected override IEnumerable<TextChange> Changes(IReadOnlyList<Diagnostic> diagnostics, FixedFile file) => diagnostics
        .Select(diagnostic => Argument(diagnostic, file)!)
        .GroupBy(argument => (AttributeArgumentListSyntax)argument.Parent!)
        .SelectMany(removed => file.Delete(removed.Key.Arguments, new HashSet<AttributeArgumentSyntax>(removed)));

    private static AttributeArgumentSyntax? Argument(Diagnostic diagnostic, FixedFile file) => file.At<AttributeArgumentSyntax>(diagnostic.Location);
}
