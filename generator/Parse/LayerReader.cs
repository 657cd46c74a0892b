using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Parse;

/// <summary>What a layer reads from.</summary>
/// <param name="Position">The layer's position, from 0.</param>
/// <param name="Size">Floats that it gets per time step; below 1 where that has a problem of its own.</param>
/// <param name="Description">Who gives them, for messages.</param>
/// <param name="Level">Of several levels of one layer, which reads; from 0.</param>
public readonly record struct LayerSource(int Position, int Size, string Description, int Level = 0);

/// <summary>Reads one layer attribute and binds its cell.</summary>
public sealed class LayerReader
{
    private const string Suffix = "Attribute";

    private readonly INamedTypeSymbol _network;
    private readonly AttributeData _attribute;
    private readonly Compilation _compilation;
    private readonly Problems _problems;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, (string Name, TypedConstant Value)> _arguments = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? _sizeName;

    public LayerReader(INamedTypeSymbol network, AttributeData attribute, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        _network = network;
        _attribute = attribute;
        _compilation = compilation;
        _problems = problems;
        _cancellation = cancellation;
        Kind = KindOf(attribute.AttributeClass!);

        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < attribute.ConstructorArguments.Length; i++)
            {
                _arguments[constructor.Parameters[i].Name] = (constructor.Parameters[i].Name, attribute.ConstructorArguments[i]);
            }

            IParameterSymbol? first = constructor.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, "size", StringComparison.OrdinalIgnoreCase))
                ?? constructor.Parameters.FirstOrDefault();
            _sizeName = first?.Type.SpecialType == SpecialType.System_Int32 ? first.Name : null;
        }

        Size = _sizeName is not null && Number(_sizeName) is int size ? size : 0;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            _arguments[argument.Key] = (argument.Key, argument.Value);
        }
    }

    /// <summary>The word the user wrote.</summary>
    public string Kind { get; }

    /// <summary>Floats that the layer gives, as far as is known; below 1 where that is a problem.</summary>
    public int Size { get; private set; }

    /// <summary>The layer's name.</summary>
    public string Name(int position) => _attribute.Named("Name")?.Single() as string ?? Kind.LowerFirst() + position.ToText();

    /// <summary>The layer, or null where there is a problem.</summary>
    public LayerSpec? Read(LayerSource source)
    {
        int before = _problems.Count;
        string name = Name(source.Position);
        if (!IsName(name))
        {
            _problems.Report(Descriptors.InvalidName, Place("Name"), name);
        }

        if (_sizeName is not null && Number(_sizeName) is int size and < 1)
        {
            _problems.Report(Descriptors.SizeNotPositive, Place(_sizeName), $"'{_sizeName}' of [{Kind}]", size.ToText());
        }

        if (CellSource.Find(_attribute, _network, _compilation, _problems, _cancellation) is not { } cell)
        {
            return null;
        }

        Dictionary<string, double> settings = new(StringComparer.Ordinal);
        foreach (CellSetting setting in cell.Settings)
        {
            ReadSetting(cell, setting, settings);
        }

        if (settings.Count < cell.Settings.Count)
        {
            return null;
        }

        Dictionary<string, int> sizes = ReadSizes(source);
        BoundCell named = CellBinding.Bind(cell, new Dictionary<string, int>(), settings);
        IReadOnlyList<string> dimensions = named.Cell is null ? [] : CellBinding.Dimensions(named.Cell);
        if (named.Cell is not null)
        {
            // Where no shape has the layer's size, what it gives is its size.
            foreach (string dimension in dimensions
                .Concat(CellBinding.Fans(named.Cell).Where(fan => fan != Dim.Hidden.Name))
                .Distinct()
                .Where(dimension => !sizes.ContainsKey(dimension))
                .ToList())
            {
                ReadDimension(cell, dimension, sizes);
            }

            CheckInput(named.Cell, source);
        }

        if (_problems.Count > before || source.Size < 1)
        {
            return null;
        }

        BoundCell bound = CellBinding.Bind(cell, sizes, settings);
        if (bound.Cell is not null && !sizes.ContainsKey(Dim.Hidden.Name!))
        {
            sizes.Add(Dim.Hidden.Name!, CellBinding.OutputShape(bound.Cell).Length);
            bound = CellBinding.Bind(cell, sizes, settings);
        }

        if (bound.Cell is null)
        {
            _problems.Report(Descriptors.DoesNotFit, _attribute.Place(_network), cell.Name, BindingText.Describe(cell, bound));
            return null;
        }

        return CheckSize(cell, bound.Cell, dimensions) ? new LayerSpec(name, Kind, source.Size, Size, bound.Cell) : null;
    }

    private static string KindOf(INamedTypeSymbol attributeClass)
    {
        if (RuntimeTypes.Is(attributeClass, "LayerAttribute", 1))
        {
            return attributeClass.TypeArguments[0].Name;
        }

        string name = attributeClass.Name;
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name.Substring(0, name.Length - Suffix.Length)
            : name;
    }

    private static bool IsName(string name) =>
        name.Length > 0
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>The sizes that have names: of the input, of the layer, and every whole number among the attribute's arguments.</summary>
    private Dictionary<string, int> ReadSizes(LayerSource source)
    {
        Dictionary<string, int> sizes = new(StringComparer.OrdinalIgnoreCase);
        foreach (string argument in _arguments.Keys)
        {
            if (Number(argument) is int number and > 0)
            {
                sizes[argument] = number;
            }
        }

        sizes[Dim.Input.Name!] = source.Size;
        if (Size > 0)
        {
            sizes[Dim.Hidden.Name!] = Size;
        }

        return sizes;
    }

    private void ReadDimension(CellEquations cell, string dimension, Dictionary<string, int> sizes)
    {
        bool isSize = dimension == Dim.Hidden.Name || string.Equals(dimension, _sizeName, StringComparison.OrdinalIgnoreCase);
        if (isSize && _sizeName is not null && Number(_sizeName) is int)
        {
            return; // It is below 1, which is reported.
        }

        if (Number(dimension) is not int size)
        {
            ReportMissing(cell.Name, dimension == Dim.Hidden.Name ? "size" : dimension, "int");
        }
        else if (size < 1)
        {
            _problems.Report(Descriptors.SizeNotPositive, Place(dimension), $"'{dimension}' of [{Kind}]", size.ToText());
        }
        else
        {
            sizes[dimension] = size;
        }
    }

    private void ReadSetting(CellEquations cell, CellSetting setting, Dictionary<string, double> settings)
    {
        if (!_arguments.TryGetValue(setting.Name, out (string Name, TypedConstant Value) argument))
        {
            if (setting.Default is double value)
            {
                settings[setting.Name] = value;
            }
            else
            {
                ReportMissing(cell.Name, setting.Name, setting.TypeName());
            }
        }
        else if (argument.Value.Kind == TypedConstantKind.Error)
        {
            _problems.Fail();
        }
        else if (setting.ValueOf(argument.Value) is double value)
        {
            settings[setting.Name] = value;
        }
        else
        {
            string given = Convert.ToString(argument.Value.Single(), System.Globalization.CultureInfo.InvariantCulture) ?? "null";
            _problems.Report(Descriptors.InvalidSetting, Place(argument.Name), given, argument.Name, setting.Wanted());
        }
    }

    /// <summary>Whether the layer gives as many floats as its attribute says, and a vector at all; what it gives is its size from here on.</summary>
    private bool CheckSize(CellEquations cell, CellGraph bound, IReadOnlyList<string> dimensions)
    {
        int given = CellBinding.OutputShape(bound).Length;
        bool isName = _sizeName is not null && (dimensions.Contains(Dim.Hidden.Name!)
            || dimensions.Contains(_sizeName, StringComparer.OrdinalIgnoreCase)
            || cell.Settings.Any(setting => string.Equals(setting.Name, _sizeName, StringComparison.OrdinalIgnoreCase)));
        if (_sizeName is not null && !isName && Number(_sizeName) is int size && size != given)
        {
            _problems.Report(
                Descriptors.DoesNotFit,
                Place(_sizeName),
                cell.Name,
                $"they give {given.ToText()} floats per time step whatever the size of the layer, which is {size.ToText()} here");
            return false;
        }

        Size = given;
        return true;
    }

    private void CheckInput(CellGraph cell, LayerSource source)
    {
        if (CellBinding.IsLookup(cell) && source.Position + source.Level > 0)
        {
            _problems.Report(Descriptors.LookupNotFirst, _attribute.Place(_network), Kind, (source.Position + source.Level + 1).ToText());
        }
        else if (CellBinding.FixedInput(cell) is int wanted && source.Size >= 1 && source.Size != wanted)
        {
            _problems.Report(Descriptors.InputMismatch, _attribute.Place(_network), Kind, wanted.ToText(), source.Description, source.Size.ToText());
        }
    }

    private void ReportMissing(string cell, string argument, string type)
    {
        // An attribute whose arguments do not fit its constructor is the compiler's to tell.
        if (_attribute.AttributeConstructor is null || _arguments.Values.Any(given => given.Value.Kind == TypedConstantKind.Error))
        {
            _problems.Fail();
        }
        else
        {
            _problems.Report(Descriptors.Unsettled, _attribute.Place(_network), cell, argument, Kind, type);
        }
    }

    private int? Number(string argument) =>
        _arguments.TryGetValue(argument, out (string Name, TypedConstant Value) found) ? found.Value.Single() as int? : null;

    private Location? Place(string argument) => _attribute.Place(_network, argument);
}
