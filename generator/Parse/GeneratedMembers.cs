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
    private static readonly string[] Interfaces = ["Recurrent.IStreamingNetwork`1", "Recurrent.ITrainableNetwork`1"];

    /// <summary>What the generator adds beside the interfaces' members.</summary>
    public static IReadOnlyList<string> Private { get; } = ["Compiled", "_compiled", "s_parameters"];

    /// <summary>Reports each collision.</summary>
    public static void Check(INamedTypeSymbol network, Compilation compilation, Problems problems)
    {
        foreach (ISymbol added in Added(network, compilation))
        {
            foreach (ISymbol member in network.GetMembers(added.Name).Where(IsWritten))
            {
                if (Collides(member, added))
                {
                    Report(network, member, problems);
                }
            }
        }

        foreach (ISymbol member in Private.SelectMany(name => network.GetMembers(name)).Where(IsWritten))
        {
            Report(network, member, problems);
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

    private static void Report(INamedTypeSymbol network, ISymbol member, Problems problems) => problems.Report(
        Descriptors.MemberCollision,
        member.Locations.FirstOrDefault(),
        network.Name,
        $"'{member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}'");

    private static IEnumerable<ISymbol> Added(INamedTypeSymbol network, Compilation compilation) =>
        Interfaces
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
        && member.DeclaringSyntaxReferences.Any(reference =>
            reference.SyntaxTree.FilePath.IndexOf(typeof(RecurrentGenerator).FullName, StringComparison.Ordinal) < 0);

    private static bool Collides(ISymbol member, ISymbol added) => member is not IMethodSymbol method
        || added is not IMethodSymbol other
        || (method.Arity == other.Arity
            && method.Parameters.Length == other.Parameters.Length
            && method.Parameters.Zip(other.Parameters, (left, right) => SymbolEqualityComparer.Default.Equals(left.Type, right.Type)).All(same => same));
}
