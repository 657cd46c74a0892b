using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Parse;

/// <summary>
/// Reads the attributes of a cell's <c>Step</c> that say how files hold its parameters and what these start from:
/// <c>[Tensor]</c>, <c>[Init]</c> and <c>[Learned]</c>.
/// </summary>
public sealed class TensorReader
{
    private readonly StepSignature _signature;
    private readonly Problems _problems;
    private readonly CellStart?[] _starts;
    private readonly List<CellTensor> _tensors = [];

    /// <summary>Names that a problem was noted about.</summary>
    private readonly HashSet<string> _told = [];

    private TensorReader(StepSignature signature, Problems problems)
    {
        _signature = signature;
        _problems = problems;
        _starts = new CellStart?[signature.Parameters.Count];
    }

    /// <summary>The tensors in order: those of the attributes, then parameters that no attribute names, then learned initial states.</summary>
    public static TensorReader Read(StepSignature signature, Problems problems)
    {
        TensorReader reader = new(signature, problems);
        reader.Read();
        return reader;
    }

    public IReadOnlyList<CellTensor> Tensors => _tensors;

    /// <summary>What each parameter starts from.</summary>
    public IReadOnlyList<CellStart> Starts { get; private set; } = [];

    /// <summary>For each state the number of the parameter that is its initial value, behind those of the signature; or -1.</summary>
    public IReadOnlyList<int> Initial { get; private set; } = [];

    /// <summary>The name of a state's initial value in files.</summary>
    public static string InitialName(IParameterSymbol state) => LearnedStart.NameOf(state.Name);

    private void Read()
    {
        HashSet<int> used = [];
        foreach (AttributeData attribute in _signature.Method.GetAttributes())
        {
            if (RuntimeTypes.Is(attribute.AttributeClass, "TensorAttribute") && ReadOne(attribute, used) is { } tensor)
            {
                _tensors.Add(tensor);
            }
        }

        for (int i = 0; i < _signature.Parameters.Count; i++)
        {
            bool isFrozen = _starts[i] is { IsFrozen: true };
            _starts[i] = ReadStart(_signature.Parameters[i]) is { } own ? own with { IsFrozen = own.IsFrozen || isFrozen } : _starts[i];
            if (!used.Contains(i))
            {
                _tensors.Add(new CellTensor(_signature.Parameters[i].Name, new EquatableArray<int>([i])));
            }
        }

        foreach (CellTensor tensor in _tensors.Where(tensor => tensor.Parts.Select(IsFrozen).Distinct().Count() > 1))
        {
            string frozen = _signature.Parameters[tensor.Parts.First(IsFrozen)].Name;
            string other = _signature.Parameters[tensor.Parts.First(part => !IsFrozen(part))].Name;
            _problems.Report(
                Descriptors.InvalidTensor, _signature.Method.Locations.FirstOrDefault(), tensor.Name, $"its part '{frozen}' is frozen, and '{other}' is not; all are, or none is");
        }

        Starts = _starts.Select(start => start ?? CellStart.Usual).Concat(ReadInitialStates()).ToList();
        foreach (IGrouping<string, CellTensor> same in _tensors.GroupBy(tensor => tensor.Name).Where(group => group.Count() > 1 && !_told.Contains(group.Key)))
        {
            _problems.Report(Descriptors.InvalidTensor, _signature.Method.Locations.FirstOrDefault(), same.Key, "another tensor of the cell has this name");
        }
    }

    private bool IsFrozen(int part) => _starts[part] is { IsFrozen: true };

    private List<CellStart> ReadInitialStates()
    {
        List<CellStart> starts = [];
        List<int> initial = [];
        foreach (IParameterSymbol state in _signature.States)
        {
            if (RuntimeTypes.Attribute(state, "LearnedAttribute") is not { } learned)
            {
                initial.Add(-1);
                continue;
            }

            if (_signature.Parameters.Any(parameter => parameter.Name == InitialName(state)))
            {
                _told.Add(InitialName(state));
                _problems.Report(
                    Descriptors.InvalidTensor, learned.Place(state), InitialName(state), $"it is the initial value of the state '{state.Name}', and a parameter has its name");
            }

            initial.Add(_signature.Parameters.Count + starts.Count);
            starts.Add(ReadStart(state) ?? new CellStart("Zeros", Dim.Hidden.Name!));
            _tensors.Add(new CellTensor(InitialName(state), new EquatableArray<int>([initial[initial.Count - 1]])));
        }

        Initial = initial;
        return starts;
    }

    private CellTensor? ReadOne(AttributeData attribute, HashSet<int> used)
    {
        if (attribute.Value(0) is not string { Length: > 0 } name || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error))
        {
            _problems.Fail();
            return null;
        }

        IReadOnlyList<TypedConstant> given = attribute.Elements(1);
        if (given.Count == 0)
        {
            _problems.Report(Descriptors.InvalidTensor, attribute.Place(_signature.Method), name, "it names no parameter");
            return null;
        }

        List<int> parts = [];
        foreach (TypedConstant element in given)
        {
            string? part = element.Single() as string;
            int number = _signature.Parameters.TakeWhile(parameter => parameter.Name != part).Count();
            if (number == _signature.Parameters.Count)
            {
                _problems.Report(Descriptors.InvalidTensor, attribute.Place(_signature.Method), name, $"'{part}' is no Vec, Mat or double parameter of 'Step'");
                return null;
            }

            if (!used.Add(number))
            {
                _problems.Report(Descriptors.InvalidTensor, attribute.Place(_signature.Method), name, $"'{part}' already belongs to a tensor");
                return null;
            }

            parts.Add(number);
        }

        if (ReadStart(attribute, attribute.Named("Initializer"), _signature.Method, name) is not { } start)
        {
            return null;
        }

        string depth = attribute.Named("Depth")?.Single() as string ?? "";
        if (depth.Length > 0 && !DimensionExpression.TryParse(depth, out _, out string error))
        {
            _problems.Report(Descriptors.InvalidTensor, attribute.Place(_signature.Method, "Depth"), name, $"its Depth '{depth}' is no dimension: {error}");
            return null;
        }

        parts.ForEach(part => _starts[part] = start);
        return new CellTensor(name, parts.ToEquatableArray(), depth);
    }

    /// <summary>What <c>[Init]</c> says of a parameter.</summary>
    private CellStart? ReadStart(IParameterSymbol parameter)
    {
        if (RuntimeTypes.Attribute(parameter, "InitAttribute") is not { } attribute)
        {
            return null;
        }

        TypedConstant? initializer = attribute.ConstructorArguments.Length > 0 ? attribute.ConstructorArguments[0] : null;
        return ReadStart(attribute, initializer ?? attribute.Named("Initializer"), parameter, parameter.Name);
    }

    private CellStart? ReadStart(AttributeData attribute, TypedConstant? initializer, ISymbol owner, string name)
    {
        string? member = initializer is { } chosen ? chosen.MemberName() : CellStart.Usual.Initializer;
        if (member is null)
        {
            _problems.Report(Descriptors.InvalidTensor, attribute.Place(owner, "Initializer"), name, "its Initializer is no member of the enumeration");
            return null;
        }

        string fan = attribute.Named("Fan")?.Single() as string ?? CellStart.Usual.Fan;
        if (!DimensionExpression.TryParse(fan, out _, out string error))
        {
            _problems.Report(Descriptors.InvalidTensor, attribute.Place(owner, "Fan"), name, $"its Fan '{fan}' is no dimension: {error}");
            return null;
        }

        return new CellStart(member, fan, Number(attribute, "Value") ?? 1, Number(attribute, "Low") ?? 0, attribute.Named("Frozen")?.Single() is true);
    }

    private static double? Number(AttributeData attribute, string name) =>
        attribute.Named(name)?.Single() is { } number ? Convert.ToDouble(number, CultureInfo.InvariantCulture) : null;
}
