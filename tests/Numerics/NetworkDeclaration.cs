using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

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

    public string Source => $"[Recurrent.Network(Input = {Text(Input)})]\n"
        + string.Concat(Layers.Select(layer => $"[{layer}]\n"))
        + $"public sealed partial class {Name};\n";

    /// <summary>Whether a layer can only be the first one, and its input is an index.</summary>
    public static bool ReadsIndex(Type attribute) => attribute == typeof(EmbeddingAttribute);

    /// <summary>Whether the cell of a layer carries a state from step to step: a vector behind its input.</summary>
    public static bool HasState(Type attribute)
    {
        Type type = attribute;
        while (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(LayerAttribute<>))
        {
            type = type.BaseType!;
        }

        ParameterInfo[] parameters = type.GenericTypeArguments[0].GetMethod("Step")!.GetParameters();
        return parameters.Length > 1 && parameters[1].ParameterType == typeof(Vec);
    }

    /// <summary>Turns after which <see cref="Layer"/> has given every setting each of its members.</summary>
    public static int Choices(Type attribute) => attribute.GetConstructors().Single().GetParameters()
        .Where(parameter => parameter.ParameterType.IsEnum)
        .Aggregate(1, (most, parameter) => Math.Max(most, Enum.GetNames(parameter.ParameterType).Length));

    /// <summary>A layer, with a choice for each argument of its attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="size">What the attribute calls its size, or its first argument.</param>
    /// <param name="turn">Which member each setting has: they take turns.</param>
    public static string Layer(Type attribute, int size, int turn)
    {
        ParameterInfo[] parameters = attribute.GetConstructors().Single().GetParameters();
        ParameterInfo sized = parameters.FirstOrDefault(parameter => parameter.Name == "size") ?? parameters[0];
        IEnumerable<string> arguments = parameters.Select(parameter =>
            parameter == sized ? Text(size)
            : parameter.ParameterType == typeof(int) ? Text(3 + turn)
            : parameter.ParameterType.IsEnum ? Member(parameter.ParameterType, turn)
            : throw new NotSupportedException($"{attribute.Name} has an argument of type {parameter.ParameterType}; the tests do not know what to give it."));
        return $"{attribute.FullName}({string.Join(", ", arguments)})";
    }

    private static string Member(Type enumeration, int turn)
    {
        string[] names = Enum.GetNames(enumeration);
        return $"{enumeration.FullName}.{names[turn % names.Length]}";
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
