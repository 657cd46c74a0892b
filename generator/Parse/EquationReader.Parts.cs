using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <content>Elements and ranges of vectors.</content>
public sealed partial class EquationReader
{
    private IReadOnlyList<Term>? ReadPart(IOperation instance, IOperation argument, IOperation part)
    {
        if (!RuntimeTypes.IsVec(instance.Type) || Read(instance) is not { } vector)
        {
            return RuntimeTypes.IsVec(instance.Type) ? null : Refuse(part);
        }

        while (argument is IConversionOperation { OperatorMethod: null } conversion)
        {
            argument = conversion.Operand;
        }

        if (argument is not IRangeOperation range)
        {
            return ReadBound(argument, vector) is { } position
                ? Written(part, () => vector.With(OpKind.Drop, position).With(OpKind.Take, _writer.Number(1)).Of(OpKind.Sum))
                : null;
        }

        Term taken = vector;
        if (range.RightOperand is not null)
        {
            if (ReadBound(range.RightOperand, vector) is not { } end)
            {
                return null;
            }

            _writer.Source = part.Syntax;
            taken = vector.With(OpKind.Take, end);
        }

        if (range.LeftOperand is not null)
        {
            if (ReadBound(range.LeftOperand, vector) is not { } start)
            {
                return null;
            }

            _writer.Source = part.Syntax;
            taken = _writer.Constant(start.Position) == 0 ? taken : taken.With(OpKind.Drop, start);
        }

        return [taken];
    }

    /// <summary>A position in a vector, counted from its start.</summary>
    private Term? ReadBound(IOperation bound, Term vector)
    {
        while (bound is IConversionOperation { Operand: { } converted } && bound.Type?.Name == "Index")
        {
            bound = converted;
        }

        bool isFromEnd = bound is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        IOperation written = bound is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? hat.Operand : bound;
        if (written.Type?.SpecialType != SpecialType.System_Int32)
        {
            Refuse(bound);
            return null;
        }

        if (Read(written) is not { } number)
        {
            return null;
        }

        if (!_writer.IsKnown(number.Position))
        {
            _problems.Report(
                Descriptors.UnsupportedEquation, written.Syntax.GetLocation(), written.Syntax.Quote(), "a position in a Vec is made of whole numbers, settings and lengths");
            return null;
        }

        _writer.Source = bound.Syntax;
        return isFromEnd ? vector.Of(OpKind.Length) - number : number;
    }
}
