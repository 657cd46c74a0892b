using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.CodeFixes;

/// <summary>Removes a parameter of a cell's <c>Step</c> that its body does not name, with its documentation and its parts in <c>[Tensor]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveParameterFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.Unused.Id];

    protected override string? Title(Diagnostic diagnostic, FixedFile file) =>
        Repair.Of(diagnostic) is { Text: string name }
        && file.At<ParameterSyntax>(diagnostic.Location) is { Parent.Parent: MethodDeclarationSyntax method }
        && !Names(method.Body, name)
        && !Names(method.ExpressionBody, name)
            ? $"Remove '{name}'"
            : null;

    protected override IEnumerable<TextChange> Changes(IReadOnlyList<Diagnostic> diagnostics, FixedFile file) => diagnostics
        .Select(diagnostic => file.At<ParameterSyntax>(diagnostic.Location)!)
        .GroupBy(parameter => (MethodDeclarationSyntax)parameter.Parent!.Parent!)
        .SelectMany(removed => Changes(removed.Key, new HashSet<ParameterSyntax>(removed), file));

    private static bool Names(SyntaxNode? body, string name) =>
        body?.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name) == true;

    private static IEnumerable<TextChange> Changes(MethodDeclarationSyntax method, ISet<ParameterSyntax> parameters, FixedFile file)
    {
        HashSet<string> names = [.. parameters.Select(parameter => parameter.Identifier.ValueText)];
        return file.Delete(method.ParameterList.Parameters, parameters)
            .Concat(method.AttributeLists.SelectMany(list => Parts(list, names, file)))
            .Concat(Documentation(method, names).Select(element => file.Delete(element.Span)));
    }

    private static IEnumerable<TextChange> Parts(AttributeListSyntax list, HashSet<string> names, FixedFile file)
    {
        HashSet<AttributeSyntax> empty = [];
        List<TextChange> changes = [];
        foreach (AttributeSyntax attribute in list.Attributes)
        {
            if (attribute.ArgumentList is not { Arguments: { } arguments }
                || file.Model.GetSymbolInfo(attribute).Symbol?.ContainingType is not { Name: "TensorAttribute" })
            {
                continue;
            }

            // The first argument is the tensor's name.
            List<AttributeArgumentSyntax> parts = arguments.Skip(1).Where(argument => argument.NameEquals is null).ToList();
            HashSet<AttributeArgumentSyntax> removed =
                [.. parts.Where(part => file.Model.GetConstantValue(part.Expression).Value is string name && names.Contains(name))];
            if (removed.Count > 0 && removed.Count == parts.Count)
            {
                empty.Add(attribute);
            }
            else
            {
                changes.AddRange(file.Delete(arguments, removed));
            }
        }

        return empty.Count == list.Attributes.Count ? [file.Delete(list.Span)] : changes.Concat(file.Delete(list.Attributes, empty));
    }

    private static IEnumerable<XmlElementSyntax> Documentation(MethodDeclarationSyntax method, HashSet<string> names) => method.GetLeadingTrivia()
        .Select(trivia => trivia.GetStructure())
        .OfType<DocumentationCommentTriviaSyntax>()
        .SelectMany(comment => comment.Content.OfType<XmlElementSyntax>())
        .Where(element => element.StartTag.Attributes.OfType<XmlNameAttributeSyntax>().Any(attribute => names.Contains(attribute.Identifier.Identifier.ValueText))
            && element.StartTag.Name.LocalName.ValueText == "param");
}
