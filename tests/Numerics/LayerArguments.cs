using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Recurrent.Tests.Numerics;

/// <summary>What the attribute of a layer says about settings and sizes of its cell.</summary>
public sealed class LayerArguments
{
    private readonly Dictionary<string, object> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object> _settings = new(StringComparer.Ordinal);

    /// <param name="attribute">The attribute as it is written.</param>
    /// <param name="cell">The method of its cell.</param>
    /// <param name="inputSize">Floats that the layer reads per time step.</param>
    public LayerArguments(CustomAttributeData attribute, CellMethod cell, int inputSize)
    {
        InputSize = inputSize;
        ParameterInfo[] parameters = attribute.Constructor.GetParameters();
        foreach ((ParameterInfo parameter, CustomAttributeTypedArgument argument) in parameters.Zip(attribute.ConstructorArguments))
        {
            _given[parameter.Name!] = argument.Value!;
        }

        ParameterInfo? sized = NetworkDeclaration.Sized(attribute.Constructor);
        Size = sized is null ? 0 : (int)_given[sized.Name!];
        foreach (CustomAttributeNamedArgument argument in attribute.NamedArguments)
        {
            _given[argument.MemberName] = argument.TypedValue.Value!;
        }

        foreach (ParameterInfo setting in cell.Settings)
        {
            _settings[setting.Name!] = _given.TryGetValue(setting.Name!, out object? value)
                ? CellMethod.Typed(setting, value)
                : CellMethod.Default(setting) ?? throw new InvalidOperationException($"{attribute} gives no '{setting.Name}'.");
        }
    }

    public int InputSize { get; }

    /// <summary>What the attribute gives as the layer's size; 0 where it leaves that to the equations.</summary>
    public int Size { get; }

    public IReadOnlyDictionary<string, object> Settings => _settings;

    /// <summary>The dimensions of a state or a parameter: none of a number.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="usual">The dimension of a vector that has none.</param>
    public int[] Shape(ParameterInfo parameter, string usual) => CellMethod.Declared(parameter) is { Length: > 0 } declared
        ? declared.Select(dimension => ReferenceDimension.Evaluate(dimension, Value)).ToArray()
        : parameter.ParameterType == typeof(double) ? [] : [ReferenceDimension.Evaluate(usual, Value)];

    private long Value(string name) => name switch
    {
        "input" => InputSize,
        "hidden" => Size,
        _ => Convert.ToInt64(
            _settings.FirstOrDefault(setting => string.Equals(setting.Key, name, StringComparison.OrdinalIgnoreCase)).Value ?? _given[name],
            System.Globalization.CultureInfo.InvariantCulture),
    };
}
