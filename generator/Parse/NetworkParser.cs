using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Parse;

/// <summary>Reads a class with the attribute <c>[Network]</c>.</summary>
public static class NetworkParser
{
    /// <summary>What the declaration says, or null where there is a problem.</summary>
    public static NetworkSpec? Parse(INamedTypeSymbol network, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        if (RuntimeTypes.Attribute(network, "NetworkAttribute") is not { } declaration)
        {
            return null;
        }

        int before = problems.Count;
        ClassReader.Check(network, compilation, problems, cancellation);
        if (network.TypeKind != TypeKind.Class)
        {
            return null;
        }

        int inputSize = declaration.Named("Input")?.Single() as int? ?? 0;
        if (inputSize < 1)
        {
            problems.Report(Descriptors.SizeNotPositive, declaration.Place(network, "Input"), $"'Input' of '{network.Name}'", inputSize.ToText());
        }

        string? weights = Weights(network, declaration, problems);
        List<LayerSpec> layers = ReadLayers(network, inputSize, compilation, problems, cancellation);
        if (problems.Count > before || weights is null)
        {
            return null;
        }

        CheckTotals(network, layers, isPackedTwice: weights != NetworkSpec.Floats, problems);
        return problems.Count > before ? null : new NetworkSpec(ClassReader.Read(network), inputSize, layers.ToEquatableArray()) { Weights = weights };
    }

    /// <summary>The layer attributes of a class, in the order of its source.</summary>
    public static IReadOnlyList<AttributeData> LayersOf(INamedTypeSymbol network) =>
        network.GetAttributes().Where(attribute => RuntimeTypes.IsLayer(attribute.AttributeClass)).ToList();

    /// <summary>What inference keeps of the weights, or null where the attribute does not say it.</summary>
    private static string? Weights(INamedTypeSymbol network, AttributeData declaration, Problems problems)
    {
        if (declaration.Named("Weights") is not { } precision)
        {
            return NetworkSpec.Floats;
        }

        if (precision.MemberName() is { } member)
        {
            return member;
        }

        if (precision.Single() is { } number)
        {
            problems.Report(Descriptors.NoPrecision, declaration.Place(network, "Weights"), network.Name, Convert.ToString(number, CultureInfo.InvariantCulture)!);
        }
        else
        {
            problems.Fail();
        }

        return null;
    }

    private static List<LayerSpec> ReadLayers(
        INamedTypeSymbol network,
        int inputSize,
        Compilation compilation,
        Problems problems,
        CancellationToken cancellation)
    {
        IReadOnlyList<AttributeData> attributes = LayersOf(network);
        if (attributes.Count == 0)
        {
            // An attribute that the compiler does not know may have been meant as a layer.
            if (network.GetAttributes().Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error }))
            {
                problems.Fail();
            }
            else
            {
                problems.Report(Descriptors.NoLayers, network.Locations.FirstOrDefault(), network.Name);
            }

            return [];
        }

        SyntaxNode? first = DeclarationOf(attributes[0], cancellation);
        if (attributes.FirstOrDefault(attribute => DeclarationOf(attribute, cancellation) != first) is { } stray)
        {
            problems.Report(Descriptors.ScatteredLayers, stray.Place(network), network.Name);
            return [];
        }

        List<LayerSpec> layers = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase); // They become names of files.
        LayerSource source = new(0, inputSize, $"[Network(Input = {inputSize.ToText()})]");
        foreach (AttributeData attribute in attributes)
        {
            LayerReader reader = new(network, attribute, compilation, problems, cancellation);
            LayerStack stack = new(network, attribute, reader, problems);
            IReadOnlyList<LayerSpec> copies = stack.Read(source);
            layers.AddRange(copies);
            string name = reader.Name(source.Position);
            if (copies.Select(copy => copy.Id).DefaultIfEmpty(name).ToList().Find(id => !names.Add(id)) is { } taken)
            {
                problems.Report(Descriptors.DuplicateName, attribute.Place(network, "Name"), network.Name, taken);
            }

            int size = copies.Count > 0 ? copies[copies.Count - 1].LevelSize : stack.Size;
            source = new LayerSource(source.Position + 1, size, $"the layer before, '{name}',");
        }

        return layers;
    }

    private static SyntaxNode? DeclarationOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();

    private static void CheckTotals(INamedTypeSymbol network, List<LayerSpec> layers, bool isPackedTwice, Problems problems)
    {
        // Decimals hold these sums exactly: each product is below 2^62.
        decimal parameters = layers.Sum(layer => layer.Cell.Parameters.Sum(parameter => Length(parameter.Shape)));
        decimal states = layers.Sum(layer => Enumerable.Range(0, layer.Cell.States.Count).Sum(state => Length(CellBinding.StateShape(layer.Cell, state))));
        decimal memory = parameters + ((isPackedTwice ? 2 : 1) * layers.Sum(layer => layer.Cell.Parameters.Sum(parameter => PackedLength(parameter.Shape))));
        foreach ((string what, decimal total) in new[]
        {
            ("The parameter count", parameters),
            ("The state size", states),
            ("The memory of the weights, in floats,", memory),
            ("The memory of a time step, in floats,", layers.Sum(StepLength)),
        })
        {
            if (total > int.MaxValue)
            {
                problems.Report(
                    Descriptors.TooLarge,
                    network.Locations.FirstOrDefault(),
                    what,
                    network.Name,
                    total.ToString(CultureInfo.InvariantCulture));
                return;
            }
        }
    }

    /// <summary>What a parameter takes at most when it is packed for the widest vectors: they may be up to 16 floats wide, and rows are padded to them.</summary>
    private static decimal PackedLength(Shape shape) => (shape.Rows.Size + 16m) * shape.Columns.Size;

    /// <summary>What a time step of training computes, each value and its gradient: matrices may be far larger than all states and weights.</summary>
    private static decimal StepLength(LayerSpec layer) => 2 * layer.Cell.Body.Ops.Where(op => !op.IsLeaf).Sum(op => Length(op.Shape));

    private static decimal Length(Shape shape) => (decimal)shape.Rows.Size * shape.Columns.Size;
}
