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

            _sizeName = constructor.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, "size", StringComparison.OrdinalIgnoreCase))?.Name
                ?? constructor.Parameters.FirstOrDefault()?.Name;
        }

        Size = _sizeName is not null && Number(_sizeName) is int size ? size : 0;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            _arguments[argument.Key] = (argument.Key, argument.Value);
        }
    }

    /// <summary>The word the user wrote.</summary>
    public string Kind { get; }

    /// <summary>Floats that the layer gives; below 1 where that is a problem.</summary>
    public int Size { get; }

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

        if (_sizeName is null || Number(_sizeName) is null)
        {
            ReportMissing(RuntimeTypes.CellOf(_attribute.AttributeClass)?.Name ?? Kind, "size", "int");
        }
        else if (Size < 1)
        {
            _problems.Report(Descriptors.SizeNotPositive, Place(_sizeName), $"'{_sizeName}' of [{Kind}]", Size.ToText());
        }

        if (CellSource.Find(_attribute, _network, _compilation, _problems, _cancellation) is not { } cell)
        {
            return null;
        }

        Dictionary<string, int> sizes = new(StringComparer.Ordinal) { ["input"] = source.Size, ["hidden"] = Size };
        foreach (string dimension in CellBinding.Dimensions(cell).Where(dimension => !sizes.ContainsKey(dimension)).ToList())
        {
            ReadDimension(cell, dimension, sizes);
        }

        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (string setting in cell.Settings)
        {
            ReadSetting(cell, setting, settings);
        }

        CheckInput(cell, source);
        return _problems.Count > before || source.Size < 1
            ? null
            : new LayerSpec(name, Kind, source.Size, Size, CellBinding.Bind(cell, sizes, settings));
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

    private void ReadDimension(CellGraph cell, string dimension, Dictionary<string, int> sizes)
    {
        if (Number(dimension) is not int size)
        {
            ReportMissing(cell.Name, dimension, "int");
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

    private void ReadSetting(CellGraph cell, string setting, Dictionary<string, string> settings)
    {
        if (!_arguments.TryGetValue(setting, out (string Name, TypedConstant Value) argument))
        {
            ReportMissing(cell.Name, setting, "Activation");
        }
        else if (argument.Value.Kind == TypedConstantKind.Error)
        {
            _problems.Fail();
        }
        else if (argument.Value.MemberName() is string member && CellBinding.IsActivation(member))
        {
            settings[setting] = member;
        }
        else
        {
            _problems.Report(Descriptors.InvalidSetting, Place(argument.Name), Convert.ToString(argument.Value.Single(), System.Globalization.CultureInfo.InvariantCulture) ?? "null", argument.Name);
        }
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
