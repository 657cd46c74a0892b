using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Recurrent.Gen.Parse;

/// <summary>What each parameter of a cell's <c>Step</c> is.</summary>
/// <param name="Method">The method.</param>
/// <param name="Results">The types of its results: of the one, or of the elements of its tuple.</param>
/// <param name="Input">The input.</param>
/// <param name="States">The states, in the order of the parameters.</param>
/// <param name="NextStates">For each state the number of the result that is its next value.</param>
/// <param name="Parameters">Learned weights.</param>
/// <param name="Settings">Constants that a layer's attribute settles.</param>
public sealed record StepSignature(
    IMethodSymbol Method,
    IReadOnlyList<ITypeSymbol> Results,
    IParameterSymbol Input,
    IReadOnlyList<IParameterSymbol> States,
    IReadOnlyList<int> NextStates,
    IReadOnlyList<IParameterSymbol> Parameters,
    IReadOnlyList<IParameterSymbol> Settings);
