using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Tests.Numerics;

/// <summary>A network's class, as a consumer writes it.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Input">Floats that a time step reads.</param>
/// <param name="Layers">The attributes, in order.</param>
public sealed record NetworkDeclaration(string Name, int Input, params IReadOnlyList<string> Layers)
{
    /// <summary>Every layer that the runtime has: the classes that derive from <see cref="LayerAttribute{TCell}"/>.</summary>
    public static IReadOnlyList<Type> LayerAttributes { get; } = typeof(LayerAttribute).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract && !type.IsGenericType)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToArray();

    /// <summary>What the network keeps of its weights while it infers.</summary>
    public Precision Weights { get; init; }

    public string Source => $"[Recurrent.Network(Input = {Input.ToString(CultureInfo.InvariantCulture)}{(Weights == Precision.Float32 ? "" : $", Weights = Recurrent.Precision.{Weights}")})]\n"
        + string.Concat(Layers.Select(layer => $"[{layer}]\n"))
        + $"public sealed partial class {Name};\n";

    /// <summary>Compiles networks together, which is cheaper than one after the other.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="cells">What stands in front of them: the cells of their layers.</param>
    public static Consumer Build(IEnumerable<NetworkDeclaration> networks, string cells = "") =>
        Consumer.Build(cells + string.Concat(networks.Select(network => network.Source)));

    /// <summary>Whether a layer can only be the first one, and its input is an index.</summary>
    public static bool ReadsIndex(Type attribute) => attribute == typeof(EmbeddingAttribute);

    /// <summary>Whether the cell of a layer carries a state from step to step.</summary>
    public static bool HasState(Type attribute) => CellMethod.Of(attribute).States.Count > 0;

    /// <summary>Whether a state of a layer's cell is a matrix: as many numbers as the square of the layer's size.</summary>
    public static bool HasMatrixState(Type attribute) => CellMethod.Of(attribute).States.Any(state => state.ParameterType == typeof(Mat));

    /// <summary>The constructor of an attribute that says most.</summary>
    public static ConstructorInfo Constructor(Type attribute) => attribute.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;

    /// <summary>The argument that is the layer's size: that named <c>size</c>, or else the first; null where the attribute has no size.</summary>
    public static ParameterInfo? Sized(ConstructorInfo attribute)
    {
        ParameterInfo[] parameters = attribute.GetParameters();
        ParameterInfo? sized = parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, "size", StringComparison.OrdinalIgnoreCase))
            ?? parameters.FirstOrDefault();
        return sized?.ParameterType == typeof(int) ? sized : null;
    }
}
