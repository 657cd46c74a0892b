using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <summary>Reads what each parameter of a cell's <c>Step</c> is, or tells why the method is none of a cell.</summary>
public sealed class SignatureReader
{
    private readonly INamedTypeSymbol _cell;
    private readonly IMethodSymbol _step;
    private readonly Problems _problems;
    private readonly List<IParameterSymbol> _values;
    private readonly List<(string? Name, ITypeSymbol Type)> _results;

    private SignatureReader(INamedTypeSymbol cell, IMethodSymbol step, Problems problems)
    {
        _cell = cell;
        _step = step;
        _problems = problems;
        _values = step.Parameters.Skip(1).Where(parameter => !IsSetting(parameter)).ToList();
        _results = step.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Select(element => (element.IsExplicitlyNamedTupleElement ? element.Name : null, element.Type)).ToList()
            : [(null, step.ReturnType)];
    }

    /// <summary>The signature of the cell's <c>Step</c>, or null where there is a problem.</summary>
    public static StepSignature? Read(INamedTypeSymbol cell, Problems problems)
    {
        Location? place = cell.Locations.FirstOrDefault();
        if (cell.IsGenericOrNestedInGeneric())
        {
            problems.Report(Descriptors.NoStep, place, cell.Name, "it is generic or nested in a generic type, and its equations belong to one type");
            return null;
        }

        List<IMethodSymbol> methods = cell.GetMembers("Step").OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary).ToList();
        if (methods.Count != 1)
        {
            problems.Report(Descriptors.NoStep, place, cell.Name, methods.Count == 0 ? "it has no method 'Step'" : "it has several methods 'Step'");
            return null;
        }

        SignatureReader reader = new(cell, methods[0], problems);
        return reader.IsMethodOfEquations() ? reader.ReadStates() : null;
    }

    private static bool IsValue(ITypeSymbol type) => RuntimeTypes.IsVec(type) || RuntimeTypes.IsMat(type) || RuntimeTypes.IsNumber(type);

    private static bool IsSetting(IParameterSymbol parameter) =>
        parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Boolean
        || parameter.Type.TypeKind == TypeKind.Enum
        || RuntimeTypes.Attribute(parameter, "SettingAttribute") is not null;

    private static bool IsSame(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);

    private bool IsMethodOfEquations()
    {
        if (Wrong() is string wrong)
        {
            ReportAt(_step, wrong, _step.IsStatic ? null : new Repair("static"));
            return false;
        }

        foreach (IParameterSymbol parameter in _step.Parameters)
        {
            if (Wrong(parameter) is string reason)
            {
                ReportAt(parameter, reason);
                return false;
            }
        }

        return true;
    }

    private string? Wrong() =>
        !_step.IsStatic ? "'Step' is not static"
        : _step.IsGenericMethod ? "'Step' is generic"
        : _step.IsAsync || _step.IsAbstract || _step.IsExtern || _step.DeclaringSyntaxReferences.Length == 0 ? "'Step' has no body of equations"
        : _results.FirstOrDefault(result => !IsValue(result.Type)) is { Type: not null } odd
            ? $"'Step' gives {odd.Type.ToDisplayString()}; it must give a Vec or a tuple of Vecs, Mats and doubles"
        : !RuntimeTypes.IsVec(_results[0].Type) ? $"the first result of 'Step', the output, is a {_results[0].Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}; it must be a Vec"
        : _step.ReturnsByRef || _step.ReturnsByRefReadonly ? "'Step' returns by reference"
        : _step.Parameters.Length == 0 || !RuntimeTypes.IsVec(_step.Parameters[0].Type) ? "the first parameter of 'Step', the input, must be a Vec"
        : null;

    private static string? Wrong(IParameterSymbol parameter) =>
        !IsValue(parameter.Type) && !IsSetting(parameter)
            ? $"the parameter '{parameter.Name}' is of type {parameter.Type.ToDisplayString()}; it must be a Vec, a Mat or a double, or a setting: an int, a bool or an enum"
        : RuntimeTypes.Attribute(parameter, "SettingAttribute") is not null && (RuntimeTypes.IsVec(parameter.Type) || RuntimeTypes.IsMat(parameter.Type))
            ? $"the parameter '{parameter.Name}' is marked [Setting] and no number; a setting is a double, an int, a bool or an enum"
        : parameter.RefKind is RefKind.Ref or RefKind.Out ? $"the parameter '{parameter.Name}' is passed by reference"
        : null;

    private StepSignature? ReadStates()
    {
        bool isNamed = _results.Any(result => result.Name is not null && StateNumber(result.Name) >= 0);
        if ((isNamed ? ByName() : ByOrder()) is not { } next)
        {
            return null;
        }

        IParameterSymbol? learned = _values.Skip(next.Count).FirstOrDefault(value => RuntimeTypes.Attribute(value, "LearnedAttribute") is not null);
        if (learned is not null)
        {
            _problems.Report(
                Descriptors.StateNotReturned,
                learned.Locations.FirstOrDefault(),
                $"'{learned.Name}' is marked [Learned], which is for the initial value of a state, and no result is its next value");
            return null;
        }

        return new StepSignature(
            _step,
            _results.Select(result => result.Type).ToList(),
            _step.Parameters[0],
            _values.Take(next.Count).ToList(),
            next,
            _values.Skip(next.Count).ToList(),
            _step.Parameters.Skip(1).Where(IsSetting).ToList());
    }

    /// <summary>The elements of the tuple that have the name of a parameter are its next values; the first one may be an output alone.</summary>
    private List<int>? ByName()
    {
        int count = 1 + _results.Max(result => result.Name is null ? -1 : StateNumber(result.Name));
        List<int> next = [];
        for (int state = 0; state < count; state++)
        {
            IParameterSymbol parameter = _values[state];
            int number = _results.FindIndex(result => result.Name == parameter.Name);
            if (number < 0)
            {
                _problems.Report(
                    Descriptors.StateNotReturned,
                    parameter.Locations.FirstOrDefault(),
                    $"'{parameter.Name}' stands in front of the state '{_values[count - 1].Name}', so it is a state too, and no result has its name");
                return null;
            }

            if (!IsSame(parameter.Type, _results[number].Type))
            {
                ReportAt(parameter, $"the state '{parameter.Name}' is a {parameter.Type.Name}, and the result of its name a {_results[number].Type.Name}");
                return null;
            }

            next.Add(number);
        }

        int stray = 1;
        while (next.Contains(stray))
        {
            stray++;
        }

        if (stray >= _results.Count)
        {
            return next;
        }

        ReportAt(
            _step,
            _results[stray].Name is string name
                ? $"no parameter has the name of the result '{name}'; behind the output, every result is the next value of the state of its name"
                : $"result {(stray + 1).ToText()} has no name; name the results like the states whose next values they are");
        return null;
    }

    /// <summary>Without names all results are next values of states, in order; a method that gives one result may have no state.</summary>
    private List<int>? ByOrder()
    {
        int fitting = 0;
        while (fitting < _results.Count
            && fitting < _values.Count
            && RuntimeTypes.Attribute(_values[fitting], "InitAttribute") is null
            && IsSame(_values[fitting].Type, _results[fitting].Type))
        {
            fitting++;
        }

        if (fitting == _results.Count || _results.Count == 1)
        {
            return Enumerable.Range(0, fitting).ToList();
        }

        string count = _results.Count.ToText();
        ReportAt(
            _step,
            $"'Step' gives {count} results, so {count} parameters of their types, the states, must follow the input directly; "
            + $"{fitting.ToText()} {(fitting == 1 ? "does" : "do")}. Name the results to have an output that is no state");
        return null;
    }

    private int StateNumber(string name) => _values.FindIndex(value => value.Name == name);

    private void ReportAt(ISymbol place, string wrong, Repair? repair = null) =>
        _problems.Report(Descriptors.NoStep, place.Locations.FirstOrDefault() ?? _cell.Locations.FirstOrDefault(), repair, _cell.Name, wrong);
}
