using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <summary>What each parameter of a cell's <c>Step</c> is.</summary>
public sealed class StepSignature
{
    private StepSignature(IMethodSymbol method, int results, int states)
    {
        Method = method;
        ResultCount = results;
        Input = method.Parameters[0];
        States = method.Parameters.Skip(1).Take(states).ToList();
        Parameters = method.Parameters.Skip(1 + states).Where(parameter => RuntimeTypes.IsVec(parameter.Type) || RuntimeTypes.IsMat(parameter.Type)).ToList();
        Settings = method.Parameters.Where(parameter => RuntimeTypes.IsActivation(parameter.Type)).ToList();
    }

    public IMethodSymbol Method { get; }

    /// <summary>Results of <c>Step</c>: 1, or the elements of its tuple.</summary>
    public int ResultCount { get; }

    public IParameterSymbol Input { get; }

    public IReadOnlyList<IParameterSymbol> States { get; }

    public IReadOnlyList<IParameterSymbol> Parameters { get; }

    public IReadOnlyList<IParameterSymbol> Settings { get; }

    /// <summary>Reads the signature, or reports why it is none of a cell.</summary>
    public static StepSignature? Read(INamedTypeSymbol cell, Problems problems)
    {
        Location? place = cell.Locations.FirstOrDefault();
        if (cell.IsGenericOrNestedInGeneric())
        {
            problems.Report(Descriptors.NoStep, place, cell.Name, "it is generic or nested in a generic type, and a graph belongs to one type");
            return null;
        }

        List<IMethodSymbol> methods = cell.GetMembers("Step").OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary).ToList();
        if (methods.Count != 1)
        {
            problems.Report(Descriptors.NoStep, place, cell.Name, methods.Count == 0 ? "it has no method 'Step'" : "it has several methods 'Step'");
            return null;
        }

        IMethodSymbol step = methods[0];
        if (Wrong(step) is string wrong)
        {
            problems.Report(Descriptors.NoStep, step.Locations.FirstOrDefault() ?? place, cell.Name, wrong);
            return null;
        }

        foreach (IParameterSymbol parameter in step.Parameters)
        {
            if (WrongParameter(parameter) is string reason)
            {
                problems.Report(Descriptors.NoStep, parameter.Locations.FirstOrDefault() ?? place, cell.Name, reason);
                return null;
            }
        }

        int results = step.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Length : 1;
        int following = step.Parameters.Skip(1).TakeWhile(parameter => RuntimeTypes.IsVec(parameter.Type)).Count();
        if (following == 0 ? results > 1 : following < results)
        {
            problems.Report(
                Descriptors.NoStep,
                step.Locations.FirstOrDefault() ?? place,
                cell.Name,
                $"'Step' gives {results.ToText()} results, so {results.ToText()} Vecs, the states, must follow the input directly; {following.ToText()} do");
            return null;
        }

        return new StepSignature(step, results, following == 0 ? 0 : results);
    }

    private static string? Wrong(IMethodSymbol step) =>
        !step.IsStatic ? "'Step' is not static"
        : step.IsGenericMethod ? "'Step' is generic"
        : step.IsAsync || step.IsAbstract || step.IsExtern || step.DeclaringSyntaxReferences.Length == 0 ? "'Step' has no body of equations"
        : !IsResult(step.ReturnType) ? $"'Step' gives {step.ReturnType.ToDisplayString()}; it must give a Vec or a tuple of Vecs"
        : step.ReturnsByRef || step.ReturnsByRefReadonly ? "'Step' returns by reference"
        : step.Parameters.Length == 0 || !RuntimeTypes.IsVec(step.Parameters[0].Type) ? "the first parameter of 'Step', the input, must be a Vec"
        : null;

    private static string? WrongParameter(IParameterSymbol parameter) =>
        !RuntimeTypes.IsVec(parameter.Type) && !RuntimeTypes.IsMat(parameter.Type) && !RuntimeTypes.IsActivation(parameter.Type)
            ? $"the parameter '{parameter.Name}' is of type {parameter.Type.ToDisplayString()}; it must be a Vec, a Mat or an Activation"
        : parameter.RefKind is RefKind.Ref or RefKind.Out ? $"the parameter '{parameter.Name}' is passed by reference"
        : null;

    private static bool IsResult(ITypeSymbol type) => RuntimeTypes.IsVec(type)
        || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(element => RuntimeTypes.IsVec(element.Type)));
}
