using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <summary>
/// Finds members of a network's class that collide with the members that the generator adds: those of the network's interfaces, and the few
/// that it keeps to itself.
/// </summary>
public static class GeneratedMembers
{
    private const string Streaming = "Recurrent.IStreamingNetwork`1";
    private const string Trainable = "Recurrent.ITrainableNetwork`1";

    /// <summary>What the generator adds beside the interfaces' members.</summary>
    public static IReadOnlyList<string> Private { get; } = ["Compiled", "_compiled", "s_parameters", "TapeTable"];

    /// <summary>Reports each collision.</summary>
    public static void Check(INamedTypeSymbol network, Compilation compilation, Problems problems)
    {
        ISymbol[] all = Added(network, compilation).ToArray();
        if (all.Any(added => added.Name == network.Name) || Private.Contains(network.Name))
        {
            Report(network, network, problems);
        }

        foreach (INamedTypeSymbol type in WithBases(network))
        {
            foreach (ISymbol added in all)
            {
                foreach (ISymbol member in type.GetMembers(added.Name).Where(IsWritten))
                {
                    if (Collides(member, added) && IsSeen(member, network))
                    {
                        Report(network, member, problems);
                    }
                }
            }

            foreach (ISymbol member in Private.SelectMany(name => type.GetMembers(name)).Where(IsWritten))
            {
                if (IsSeen(member, network))
                {
                    Report(network, member, problems);
                }
            }
        }

        foreach (IMethodSymbol constructor in network.InstanceConstructors)
        {
            if (IsWritten(constructor))
            {
                problems.Report(
                    Descriptors.MemberCollision,
                    constructor.Locations.FirstOrDefault(),
                    network.Name,
                    "a constructor");
            }
        }
    }

    /// <summary>The class, and the classes that it derives from and whose members it would hide.</summary>
    private static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol network)
    {
        for (INamedTypeSymbol? type = network; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            yield return type;
        }
    }

    private static bool IsSeen(ISymbol member, INamedTypeSymbol network) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, network) || member.DeclaredAccessibility != Accessibility.Private;

    private static void Report(INamedTypeSymbol network, ISymbol member, Problems problems) => problems.Report(
        Descriptors.MemberCollision,
        SymbolEqualityComparer.Default.Equals(member.ContainingType, network) ? member.Locations.FirstOrDefault() : network.Locations.FirstOrDefault(),
        network.Name,
        $"'{member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}'");

    private static IEnumerable<ISymbol> Added(INamedTypeSymbol network, Compilation compilation) =>
        (LayerStack.RunsAgainstTime(network) ? new[] { Trainable } : [Streaming, Trainable])
            .Select(name => compilation.GetTypesByMetadataName(name).FirstOrDefault())
            .OfType<INamedTypeSymbol>()
            .Select(type => type.Construct(network))
            .SelectMany(type => type.AllInterfaces.Add(type))
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .SelectMany(type => type.GetMembers())
            .Where(member => member is not IMethodSymbol { AssociatedSymbol: not null });

    /// <summary>Whether the user wrote the member; the analyzer also sees what the generator has added.</summary>
    private static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && (member.DeclaringSyntaxReferences.IsEmpty || member.DeclaringSyntaxReferences.Any(reference =>
            reference.SyntaxTree.FilePath.IndexOf(typeof(RecurrentGenerator).FullName, StringComparison.Ordinal) < 0));

    private static bool Collides(ISymbol member, ISymbol added) => member is not IMethodSymbol method
        || added is not IMethodSymbol other
        || (method.Arity == other.Arity
            && method.Parameters.Length == other.Parameters.Length
            && method.Parameters.Zip(other.Parameters, (left, right) => SymbolEqualityComparer.Default.Equals(left.Type, right.Type)).All(same => same));
}
