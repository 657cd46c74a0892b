using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Parse;

/// <summary>Reads the class that a network is declared on.</summary>
public static class ClassReader
{
    /// <summary>Reports whatever keeps the generator from completing the class.</summary>
    public static void Check(INamedTypeSymbol network, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        Location? place = network.Locations.FirstOrDefault();
        if (network.IsRecord || network.TypeKind != TypeKind.Class)
        {
            problems.Report(Descriptors.NotAClass, place, network.Name, KindOf(network));
            return;
        }

        if (network.IsStatic || network.IsAbstract)
        {
            string modifier = network.IsStatic ? "static" : "abstract";
            problems.Report(Descriptors.AbstractOrStatic, place, new Repair(modifier), network.Name, modifier);
        }

        if (network.IsGenericOrNestedInGeneric())
        {
            problems.Report(Descriptors.Generic, place, network.Name);
        }

        for (INamedTypeSymbol? type = network; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                problems.Report(Descriptors.FileLocal, type.Locations.FirstOrDefault(), new Repair("file"), type.Name);
            }

            if (!IsPartial(type, cancellation))
            {
                problems.Report(Descriptors.NotPartial, type.Locations.FirstOrDefault(), new Repair("partial"), type.Name, network.Name);
            }
        }

        GeneratedMembers.Check(network, compilation, problems);
        if (compilation is CSharpCompilation { Options.AllowUnsafe: false })
        {
            problems.Report(Descriptors.UnsafeNotAllowed, place, network.Name);
        }
    }

    /// <summary>How the class is spelled.</summary>
    public static ClassSpec Read(INamedTypeSymbol network)
    {
        List<string> containing = [];
        for (INamedTypeSymbol? type = network.ContainingType; type is not null; type = type.ContainingType)
        {
            containing.Insert(0, $"partial {KindOf(type)} {type.Name.Escaped()}");
        }

        return new ClassSpec(Namespace(network.ContainingNamespace), containing.ToEquatableArray(), network.Name.Escaped())
        {
            FileName = network.FileName(),
        };
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences.All(reference =>
        reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string KindOf(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (TypeKind.Class, true) => "record",
        (TypeKind.Class, false) => "class",
        _ => type.TypeKind.ToString().ToLowerInvariant(),
    };

    private static string Namespace(INamespaceSymbol? symbol) => symbol is null or { IsGlobalNamespace: true }
        ? ""
        : Namespace(symbol.ContainingNamespace) is { Length: > 0 } outer ? outer + "." + symbol.Name.Escaped() : symbol.Name.Escaped();
}
