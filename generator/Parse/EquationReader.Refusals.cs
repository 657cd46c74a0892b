using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <content>What cannot be compiled, and what to write instead.</content>
public sealed partial class EquationReader
{
    /// <summary>Notes a problem.</summary>
    /// <returns>Null, for the caller to return.</returns>
    private IReadOnlyList<Term>? Refuse(IOperation operation, SyntaxNode? place = null)
    {
        SyntaxNode syntax = operation.Syntax;
        if (operation.DescendantsAndSelf().Any(IsError))
        {
            _problems.Fail();
            return null;
        }

        while (operation is IConversionOperation { Operand: IThrowOperation converted })
        {
            operation = converted;
        }

        (DiagnosticDescriptor descriptor, string advice) = Refusals.Of(operation);
        _problems.Report(descriptor, (place ?? syntax).GetLocation(), syntax.Quote(), advice);
        return null;
    }

    /// <summary>A local that was refused where it was declared: one problem is enough.</summary>
    private IReadOnlyList<Term>? Unread(ILocalReferenceOperation local)
    {
        if (_problems.Count == 0)
        {
            Refuse(local);
        }

        return null;
    }

    private IReadOnlyList<Term>? Exhausted(IOperation operation)
    {
        // One problem says it: every expression around this one is as deep.
        if (_length <= MaximumLength + 1)
        {
            _length = MaximumLength + 1;
            _problems.Report(
                Descriptors.UnsupportedEquation,
                operation.Syntax.GetLocation(),
                operation.Syntax.Quote(),
                "the equations with all their calls are too long or too deep; keep parts in locals, and call fewer methods");
        }

        return null;
    }

    /// <summary>Whether the compiler tells of an operation that it is wrong.</summary>
    private static bool IsError(IOperation operation) =>
        operation is IInvalidOperation or { Type.TypeKind: TypeKind.Error }
        || (operation is IInvocationOperation call && call.Arguments.Any(argument => argument.Parameter is null));
}
