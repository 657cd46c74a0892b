using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>Finds the graph of a layer's cell: in this compilation's source, or in the attribute of the assembly that holds the cell.</summary>
public static class CellSource
{
    /// <summary>The graph, or null where there is a problem.</summary>
    public static CellEquations? Find(AttributeData layer, INamedTypeSymbol network, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        if (RuntimeTypes.CellOf(layer.AttributeClass) is not { TypeKind: not TypeKind.Error } cell)
        {
            problems.Fail();
            return null;
        }

        string? wrong;
        if (RuntimeTypes.Attribute(cell, "CellAttribute") is null)
        {
            wrong = "it is not marked with [Cell]";
        }
        else if (SymbolEqualityComparer.Default.Equals(cell.ContainingAssembly, compilation.Assembly))
        {
            // What is wrong with the cell is told where the cell stands.
            CellEquations? graph = CellParser.Parse(cell, compilation, new Problems(), cancellation);
            if (graph is null)
            {
                problems.Fail();
            }

            return graph;
        }
        else if (Read(cell, out wrong) is { } graph)
        {
            return graph;
        }

        problems.Report(Descriptors.NoGraph, layer.Place(network), cell.Name, wrong ?? "");
        return null;
    }

    private static CellEquations? Read(INamedTypeSymbol cell, out string? wrong)
    {
        IAssemblySymbol assembly = cell.ContainingAssembly;
        AttributeData? attribute = assembly.GetAttributes().FirstOrDefault(candidate =>
            RuntimeTypes.Is(candidate.AttributeClass, "CellGraphAttribute")
            && SymbolEqualityComparer.Default.Equals(candidate.Value(0) as ISymbol, cell));
        if (attribute?.Value(1) is not string text)
        {
            wrong = $"its assembly, '{assembly.Name}', does not carry its graph; build that assembly with Recurrent.Gen, and let the cell be visible outside its type";
            return null;
        }

        try
        {
            wrong = null;
            return GraphText.Parse(text);
        }
        catch (FormatException broken)
        {
            wrong = $"its graph in the assembly '{assembly.Name}' cannot be read. {broken.Message}";
            return null;
        }
    }
}
