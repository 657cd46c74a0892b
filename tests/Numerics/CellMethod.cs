using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Recurrent.Tests.Numerics;

/// <summary>What each parameter of a cell's <c>Step</c> is, by reflection alone.</summary>
public sealed class CellMethod
{
    private CellMethod(MethodInfo step)
    {
        Step = step;
        ParameterInfo[] parameters = step.GetParameters();
        Settings = parameters.Skip(1).Where(IsSetting).ToArray();
        ParameterInfo[] values = parameters.Skip(1).Where(parameter => !IsSetting(parameter)).ToArray();
        Type[] results = Elements(step.ReturnType).ToArray();
        string?[] names = (step.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames ?? []).Take(results.Length).ToArray();
        if (names.Any(name => values.Any(value => value.Name == name)))
        {
            States = values.TakeWhile(value => names.Contains(value.Name)).ToArray();
            NextStates = States.Select(state => Array.IndexOf(names, state.Name)).ToArray();
        }
        else
        {
            States = values.Zip(results)
                .TakeWhile(pair => pair.First.ParameterType == pair.Second && pair.First.GetCustomAttribute<InitAttribute>() is null)
                .Select(pair => pair.First).ToArray();
            NextStates = Enumerable.Range(0, States.Count).ToArray();
        }

        Parameters = values.Skip(States.Count).ToArray();
    }

    public MethodInfo Step { get; }

    public IReadOnlyList<ParameterInfo> States { get; }

    /// <summary>For each state the number of the result that is its next value.</summary>
    public IReadOnlyList<int> NextStates { get; }

    /// <summary>Learned weights.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public IReadOnlyList<ParameterInfo> Settings { get; }

    /// <summary>Every dimension that the signature writes down.</summary>
    public IEnumerable<object> Dimensions => States.Concat(Parameters).SelectMany(Declared);

    /// <summary>The method of the cell that a layer attribute runs.</summary>
    public static CellMethod Of(Type attribute)
    {
        Type type = attribute;
        while (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(LayerAttribute<>))
        {
            type = type.BaseType!;
        }

        return new CellMethod(type.GenericTypeArguments[0].GetMethod("Step")!);
    }

    /// <summary>The dimensions of a state or a parameter, as its <see cref="ShapeAttribute"/> has them.</summary>
    public static object[] Declared(ParameterInfo parameter) => parameter.GetCustomAttribute<ShapeAttribute>()?.Dimensions ?? [];

    /// <summary>The value that a setting has where an attribute says nothing, or null where the attribute must.</summary>
    public static object? Default(ParameterInfo setting) => setting.HasDefaultValue ? Typed(setting, setting.RawDefaultValue!) : null;

    /// <summary>An argument of an attribute as the parameter of <c>Step</c> wants it.</summary>
    public static object Typed(ParameterInfo setting, object value) => setting.ParameterType.IsEnum
        ? Enum.ToObject(setting.ParameterType, value)
        : Convert.ChangeType(value, setting.ParameterType, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsSetting(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(bool) || parameter.ParameterType.IsEnum
        || parameter.GetCustomAttribute<SettingAttribute>() is not null;

    /// <summary>The types of a result: more than seven elements of a tuple are nested in its eighth.</summary>
    private static IEnumerable<Type> Elements(Type type) => !type.IsAssignableTo(typeof(ITuple))
        ? [type]
        : type.GenericTypeArguments.SelectMany((element, i) => i == 7 ? Elements(element) : [element]);
}
