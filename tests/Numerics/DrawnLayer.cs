using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Recurrent.Gen.Graph;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// A layer of the runtime with a choice for each argument of its attribute. In turn 0 every argument that may be left out is; in the next turns flags are set
/// one after the other and then together, and members of enumerations, whole and other numbers take turns.
/// </summary>
/// <param name="Text">The attribute as it is written.</param>
/// <param name="Input">Floats that it reads per time step: those that were asked for, or as many as it gives where its equations want that.</param>
/// <param name="Output">Floats that it gives per time step.</param>
public sealed record DrawnLayer(string Text, int Input, int Output)
{
    private const int Attempts = 12;

    private static readonly int[] Wholes = [1, 2, 3, 4, 6];

    /// <summary>Turns after which every flag has had both values, and every enumeration all of its members.</summary>
    public static int Turns(Type attribute)
    {
        Argument[] arguments = Arguments(attribute);
        int flags = arguments.Count(argument => argument.Type == typeof(bool));
        int members = arguments.Where(argument => argument.Type.IsEnum).Select(argument => Enum.GetNames(argument.Type).Length).DefaultIfEmpty(1).Max();
        int numbers = arguments.Any(argument => argument.Default is int or double) ? 3 : 1;
        return new[] { members, numbers, flags == 0 ? 1 : flags + 2 }.Max();
    }

    /// <summary>Chooses arguments with which the cell can be bound.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="input">Floats that the layer reads.</param>
    /// <param name="size">The argument that is the layer's size, where it has one.</param>
    /// <param name="turn">Which value each argument has: they take turns.</param>
    public static DrawnLayer Of(Type attribute, int input, int size, int turn)
    {
        ParameterInfo? sized = NetworkDeclaration.Sized(NetworkDeclaration.Constructor(attribute));
        Argument[] arguments = Arguments(attribute);
        foreach (int reads in new[] { input, size })
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                (Argument Argument, object Value)[] given = [.. arguments.Select((argument, i) => (argument, argument.Value(turn, attempt, i, arguments)))];
                if (Bind(attribute, sized, given, reads, size) is int output)
                {
                    List<string> written = [.. NetworkDeclaration.Constructor(attribute).GetParameters()
                        .Select(parameter => parameter.Name == sized?.Name ? Spelled(size) : Spelled(given.Single(pair => pair.Argument.Name == parameter.Name).Value))];
                    written.AddRange(given.Where(pair => pair.Argument.IsProperty && !pair.Value.Equals(pair.Argument.Default))
                        .Select(pair => $"{pair.Argument.Name} = {Spelled(pair.Value)}"));
                    return new DrawnLayer($"{attribute.FullName}({string.Join(", ", written)})", reads, output);
                }
            }
        }

        throw new InvalidOperationException($"The tests find no arguments of {attribute.Name} that fit {input} inputs and the size {size}.");
    }

    /// <summary>What the layer gives per time step; null where its cell cannot be bound.</summary>
    private static int? Bind(Type attribute, ParameterInfo? sized, (Argument Argument, object Value)[] given, int input, int size)
    {
        Dictionary<string, object> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((Argument argument, object value) in given)
        {
            values[argument.Name] = value;
        }

        Dictionary<string, int> sizes = values.Where(pair => pair.Value is int and > 0).ToDictionary(pair => pair.Key, pair => (int)pair.Value, StringComparer.OrdinalIgnoreCase);
        sizes["input"] = input;
        if (sized is not null)
        {
            sizes[sized.Name!] = size;
            sizes["hidden"] = size;
        }

        CellMethod method = CellMethod.Of(attribute);
        Dictionary<string, double> settings = new(StringComparer.Ordinal);
        foreach (ParameterInfo setting in method.Settings)
        {
            object? value = setting.Name == sized?.Name ? size : values.GetValueOrDefault(setting.Name!) ?? CellMethod.Default(setting);
            settings[setting.Name!] = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }

        CellEquations cell = GraphText.Parse(attribute.Assembly.GetCustomAttributes<CellGraphAttribute>().Single(graph => graph.Cell == method.Step.DeclaringType).Graph);
        BoundCell bound = CellBinding.Bind(cell, sizes, settings);
        if (bound.Cell is null)
        {
            return null;
        }

        Shape output = CellBinding.OutputShape(bound.Cell);
        return output.Rows.IsBound ? output.Length : null;
    }

    /// <summary>The arguments of a constructor but for the layer's size, and the properties that settle something of the cell.</summary>
    private static Argument[] Arguments(Type attribute)
    {
        ParameterInfo[] parameters = NetworkDeclaration.Constructor(attribute).GetParameters();
        CellMethod cell = CellMethod.Of(attribute);
        IEnumerable<Argument> properties = attribute.GetProperties()
            .Where(property => property.DeclaringType != typeof(LayerAttribute) && property.SetMethod is { IsPublic: true })
            .Where(property => !parameters.Any(parameter => IsSame(parameter.Name!, property.Name)))
            .Select(property => (Property: property, Setting: cell.Settings.FirstOrDefault(setting => IsSame(setting.Name!, property.Name))))
            .Where(pair => pair.Setting is not null || cell.Dimensions.OfType<string>().Any(dimension => dimension.Contains(pair.Property.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(pair => new Argument(pair.Property.Name, pair.Property.PropertyType, true, pair.Setting is null ? null : CellMethod.Default(pair.Setting)));
        ParameterInfo? sized = NetworkDeclaration.Sized(NetworkDeclaration.Constructor(attribute));
        return [.. parameters.Where(parameter => parameter.Name != sized?.Name)
            .Select(parameter => new Argument(parameter.Name!, parameter.ParameterType, false, parameter.HasDefaultValue ? parameter.DefaultValue : null)), .. properties];
    }

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Spelled(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum member => $"{member.GetType().FullName}.{member}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="IsProperty">Whether it is given by name.</param>
    /// <param name="Default">What it is where it is left out, if it may be.</param>
    private sealed record Argument(string Name, Type Type, bool IsProperty, object? Default)
    {
        public object Value(int turn, int attempt, int position, Argument[] all)
        {
            if (Type.IsEnum)
            {
                Array members = Enum.GetValues(Type);
                return members.GetValue((Math.Max(0, Default is null ? 0 : Array.IndexOf(members, Default)) + turn) % members.Length)!;
            }

            if (Type == typeof(bool))
            {
                int number = all.Take(position).Count(argument => argument.Type == typeof(bool));
                int turns = all.Count(argument => argument.Type == typeof(bool)) + 2;
                return (turn % turns == 1 + number || turn % turns == turns - 1) ^ (Default is true);
            }

            if (Type == typeof(int))
            {
                int[] numbers = Default is int usual ? [usual, .. Wholes.Where(whole => whole != usual)] : [3 + (turn % 7), .. Wholes];
                return numbers[((Default is null ? 0 : turn) + attempt) % numbers.Length];
            }

            return Type == typeof(double) || Type == typeof(float)
                ? turn == 0 && Default is not null ? Default : Default is double and not 0 ? (double)Default * (1 + (0.25 * (turn % 3))) : 1 + (0.25 * (turn % 3))
                : throw new NotSupportedException($"The argument '{Name}' is of type {Type}; the tests do not know what to give it.");
        }
    }
}
