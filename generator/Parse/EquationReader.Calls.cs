using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <content>Calls: words of the language, and methods whose bodies are read where they are called.</content>
public sealed partial class EquationReader
{
    /// <summary>Methods whose bodies are being read, <c>Step</c> apart.</summary>
    private readonly HashSet<ISymbol> _active = new(SymbolEqualityComparer.Default);

    private IReadOnlyList<Term>? ReadCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (RuntimeTypes.Is(method.ContainingType, "Equations"))
        {
            return ReadWord(call);
        }

        if (method is { IsStatic: false, MethodKind: not MethodKind.LocalFunction })
        {
            return call.Instance is ILocalReferenceOperation local && method.MethodKind == MethodKind.DelegateInvoke ? Unread(local) : Refuse(call);
        }

        if (MathWords.IsMath(method.ContainingType))
        {
            _problems.Report(Descriptors.MathCall, call.Syntax.GetLocation(), MathWords.WordFor(call), call.Syntax.Quote(), MathWords.Advice(method.Name));
            return null;
        }

        return ReadInlined(call, method);
    }

    private IReadOnlyList<Term>? ReadWord(IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "Activate")
        {
            return ReadActivation(call);
        }

        if (Vocabulary.Find(call.TargetMethod) is not { } meaning)
        {
            return Refuse(call);
        }

        if (ReadOperands(call) is not { } operands)
        {
            return null;
        }

        if (operands.Count == 0)
        {
            return Refuse(call);
        }

        // Only the input is checked to be a position before a kernel reads the row.
        if (call.TargetMethod.Name == "Row" && _writer.Ops[operands[1].Position].Kind != OpKind.Input)
        {
            IOperation index = call.Arguments.First(argument => argument.Parameter?.Ordinal == 1).Value;
            _problems.Report(Descriptors.UnsupportedEquation, index.Syntax.GetLocation(), index.Syntax.Quote(), "the index of Row is the cell's input");
            return null;
        }

        _writer.Source = call.Syntax;
        return [meaning(operands)];
    }

    private IReadOnlyList<Term>? ReadActivation(IInvocationOperation call)
    {
        if (ReadOperands(call) is not { } operands)
        {
            return null;
        }

        IArgumentOperation chosen = call.Arguments.First(argument => argument.Parameter?.Ordinal == 0);
        IEnumerable<(string, int)> members = chosen.Parameter!.Type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.ConstantValue is int)
            .Select(field => (field.Name, (int)field.ConstantValue!));
        _writer.Source = call.Syntax;
        return Activations.Apply(members, operands[0], operands[1], operands.Skip(2).ToList()) is { } activated ? [activated] : Refuse(call);
    }

    /// <summary>The arguments in the order of the parameters, those of a parameter array one by one.</summary>
    private List<Term>? ReadOperands(IInvocationOperation call)
    {
        List<Term> operands = [];
        bool isRead = true;
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? -1))
        {
            IEnumerable<IOperation> values = argument.Parameter is { IsParams: true } ? Elements(argument.Value) : [argument.Value];
            foreach (IOperation value in values)
            {
                if (Read(value) is { } operand)
                {
                    operands.Add(operand);
                }
                else
                {
                    isRead = false;
                }
            }
        }

        return isRead ? operands : null;
    }

    private static IEnumerable<IOperation> Elements(IOperation values) => values switch
    {
        IConversionOperation { OperatorMethod: null } conversion => Elements(conversion.Operand),
        ICollectionExpressionOperation collection => collection.Elements,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        _ => [values],
    };

    private IReadOnlyList<Term>? ReadInlined(IInvocationOperation call, IMethodSymbol called)
    {
        IMethodSymbol method = called.PartialImplementationPart ?? called;
        if (method.IsGenericMethod || method.IsAsync || method.Parameters.Any(parameter => parameter.RefKind is RefKind.Ref or RefKind.Out || parameter.IsParams))
        {
            return Refuse(call);
        }

        if (_active.Contains(method) || SymbolEqualityComparer.Default.Equals(called, _signature.Method))
        {
            _problems.Report(Descriptors.Recursion, call.Syntax.GetLocation(), method.Name);
            return null;
        }

        if (method.DeclaringSyntaxReferences.Length == 0 || BodyOf(method) is not { } body)
        {
            if (method.DeclaringSyntaxReferences.Length > 0 && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly) && !method.IsExtern)
            {
                _problems.Fail();
            }
            else
            {
                _problems.Report(
                    Descriptors.NoSource,
                    call.Syntax.GetLocation(),
                    method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
                    method.ContainingAssembly?.Name ?? "another project");
            }

            return null;
        }

        if (call.Arguments.Select(argument => (Symbol: argument.Parameter, Value: ReadAll(argument.Value))).ToList() is var arguments
            && arguments.Any(argument => argument.Symbol is null || argument.Value is null))
        {
            return null;
        }

        foreach ((IParameterSymbol? parameter, IReadOnlyList<Term>? value) in arguments)
        {
            _values[method.Parameters[parameter!.Ordinal]] = value!;
        }

        _active.Add(method);
        int before = _problems.Count;
        IReadOnlyList<Term>? result = ReadBlock(body);
        if (result is null)
        {
            _problems.FailUnlessMore(before);
        }

        _active.Remove(method);
        return result;
    }
}
