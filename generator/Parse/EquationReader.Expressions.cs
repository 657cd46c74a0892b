using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <content>Expressions. One value is a list of one term, a tuple a list of its elements.</content>
public sealed partial class EquationReader
{
    /// <summary>Deeper expressions are refused, so that reading one cannot exhaust the stack.</summary>
    private const int MaximumDepth = 400;

    /// <summary>Calls that are read where they are made can multiply without end.</summary>
    private const int MaximumLength = 50_000;

    private int _depth;
    private int _length;

    /// <summary>The value of an expression, or null where it has none and a problem was noted.</summary>
    private IReadOnlyList<Term>? ReadAll(IOperation operation)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_depth >= MaximumDepth || ++_length > MaximumLength)
        {
            return Exhausted(operation);
        }

        _depth++;
        IReadOnlyList<Term>? value;
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && Number(constant) is double number)
        {
            WarnOfWholeDivisions(operation);
            _writer.Source = operation.Syntax;
            value = [_writer.Number(number)];
        }
        else
        {
            value = ReadExpression(operation);
        }

        _depth--;
        return value;
    }

    private Term? Read(IOperation operation) => ReadAll(operation) is { } value
        ? value.Count == 1 ? value[0] : Refuse(operation)?[0]
        : null;

    private IReadOnlyList<Term>? ReadExpression(IOperation operation)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return IsPlain(conversion) ? ReadAll(conversion.Operand) : Refuse(operation);
            case IParenthesizedOperation parenthesized:
                return ReadAll(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return _values.TryGetValue(local.Local, out IReadOnlyList<Term>? named) ? named : Unread(local);
            case IParameterReferenceOperation reference:
                return ReadLeaf(reference);
            case ITupleOperation tuple:
                return Join(tuple.Elements.Select(Read).ToList());
            case IFieldReferenceOperation { Instance: { } instance } field when instance.Type is INamedTypeSymbol { IsTupleType: true } type:
                return ReadElement(instance, type, field);
            case IPropertyReferenceOperation property:
                return ReadProperty(property);
            case IImplicitIndexerReferenceOperation indexer:
                return ReadPart(indexer.Instance, indexer.Argument, indexer);
            case IUnaryOperation unary:
                return ReadUnary(unary);
            case IBinaryOperation binary:
                return ReadBinary(binary);
            case IConditionalOperation { WhenFalse: { } otherwise } conditional when conditional.Type is not null:
                return ReadChoice(conditional, otherwise);
            case IInvocationOperation invocation:
                return ReadCall(invocation);
            default:
                return Refuse(operation);
        }
    }

    /// <summary>Whether a conversion leaves the number as it is: to a wider type, or to the same but for a tuple's names.</summary>
    private static bool IsPlain(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null || conversion.Operand.Type is not { } from || conversion.Type is not { } to)
        {
            return false;
        }

        return SymbolEqualityComparer.Default.Equals(from, to)
            || (from.IsTupleType && to.IsTupleType)
            || (from.SpecialType == SpecialType.System_Int32 && RuntimeTypes.IsNumber(to));
    }

    private IReadOnlyList<Term>? ReadLeaf(IParameterReferenceOperation reference)
    {
        IParameterSymbol parameter = reference.Parameter;
        if (_values.TryGetValue(parameter, out IReadOnlyList<Term>? value))
        {
            return value;
        }

        // In the body of a partial method stand parameters of its own.
        parameter = parameter.ContainingSymbol is IMethodSymbol { PartialDefinitionPart: { } declared } ? declared.Parameters[parameter.Ordinal] : parameter;
        _writer.Source = reference.Syntax;
        Term leaf;
        if (SymbolEqualityComparer.Default.Equals(parameter, _signature.Input))
        {
            leaf = _writer.Leaf(OpKind.Input, -1);
        }
        else if (IndexOf(_signature.States, parameter) is int state and >= 0)
        {
            leaf = _writer.Leaf(OpKind.State, state);
        }
        else if (IndexOf(_signature.Parameters, parameter) is int number and >= 0)
        {
            leaf = _writer.Leaf(OpKind.Parameter, number);
        }
        else if (IndexOf(_signature.Settings, parameter) is int setting and >= 0)
        {
            leaf = _writer.Leaf(OpKind.Setting, setting);
        }
        else
        {
            return Refuse(reference);
        }

        _writer.Name(leaf.Position, parameter.Name);
        return _values[reference.Parameter] = [leaf];
    }

    private IReadOnlyList<Term>? ReadElement(IOperation instance, INamedTypeSymbol type, IFieldReferenceOperation field)
    {
        string wanted = (field.Field.CorrespondingTupleField ?? field.Field).Name;
        int index = type.TupleElements.TakeWhile(element => (element.CorrespondingTupleField ?? element).Name != wanted).Count();
        return ReadAll(instance) is not { } elements ? null : index < elements.Count ? [elements[index]] : Refuse(field);
    }

    private IReadOnlyList<Term>? ReadUnary(IUnaryOperation unary)
    {
        if (unary.OperatorKind == UnaryOperatorKind.Not && unary.Type?.SpecialType == SpecialType.System_Boolean)
        {
            return Read(unary.Operand) is { } condition ? Settled(unary, () => 1 - condition, condition) : null;
        }

        if (unary.OperatorKind == UnaryOperatorKind.Plus && unary.OperatorMethod is null)
        {
            return ReadAll(unary.Operand);
        }

        if (Vocabulary.Find(unary) is not { } kind)
        {
            return Refuse(unary);
        }

        return Read(unary.Operand) is { } operand ? Written(unary, () => operand.Of(kind)) : null;
    }

    private IReadOnlyList<Term>? ReadBinary(IBinaryOperation binary)
    {
        Func<Term, Term, Term>? condition = Conditions.Find(binary);
        OpKind? kind = Vocabulary.Find(binary);
        if (condition is null && kind is null)
        {
            return Refuse(binary);
        }

        Term? left = Read(binary.LeftOperand);
        Term? right = Read(binary.RightOperand);
        if (left is not { } a || right is not { } b)
        {
            return null;
        }

        return condition is not null ? Settled(binary, () => condition(a, b), a, b)
            : kind == OpKind.Quotient && _writer.Constant(b.Position) == 0 ? Refuse(binary)
            : Written(binary, () => a.With(kind!.Value, b));
    }

    private IReadOnlyList<Term>? ReadChoice(IConditionalOperation conditional, IOperation otherwise)
    {
        Term? condition = Read(conditional.Condition);
        IReadOnlyList<Term>? yes = ReadAll(conditional.WhenTrue);
        IReadOnlyList<Term>? no = ReadAll(otherwise);
        if (condition is not { } chosen || yes is null || no is null)
        {
            return null;
        }

        if (yes.Count != no.Count)
        {
            return Refuse(conditional);
        }

        if (Settled(conditional.Condition, () => chosen, chosen) is null)
        {
            return null;
        }

        _writer.Source = conditional.Syntax;
        return yes.Zip(no, (whenTrue, whenFalse) => _writer.Choose(chosen, whenTrue, whenFalse)).ToList();
    }

    private IReadOnlyList<Term>? ReadProperty(IPropertyReferenceOperation property)
    {
        if (property.Instance is not { } instance || !RuntimeTypes.IsVec(instance.Type))
        {
            return Refuse(property);
        }

        if (property.Property.IsIndexer && property.Arguments.Length == 1)
        {
            return ReadPart(instance, property.Arguments[0].Value, property);
        }

        return property.Property.Name != "Length" ? Refuse(property)
            : Read(instance) is { } vector ? Written(property, () => vector.Of(OpKind.Length))
            : null;
    }

    /// <summary>What a condition settles, where all that it reads is known once a layer has bound the cell.</summary>
    private IReadOnlyList<Term>? Settled(IOperation condition, Func<Term> meaning, params Term[] operands)
    {
        foreach (Term operand in operands)
        {
            if (!_writer.IsKnown(operand.Position))
            {
                _problems.Report(Descriptors.DataCondition, condition.Syntax.GetLocation(), condition.Syntax.Quote(), LeafOf(operand.Position));
                return null;
            }
        }

        return Written(condition, meaning);
    }

    /// <summary>What data a value reads first, in the user's words.</summary>
    private string LeafOf(int position)
    {
        while (!_writer.Ops[position].IsLeaf)
        {
            position = _writer.Ops[position].Operands.First(operand => !_writer.IsKnown(operand));
        }

        Op leaf = _writer.Ops[position];
        return leaf.Kind switch
        {
            OpKind.State => $"the state '{_signature.States[leaf.A].Name}'",
            OpKind.Parameter => $"the parameter '{_signature.Parameters[leaf.A].Name}'",
            _ => $"the input '{_signature.Input.Name}'",
        };
    }

    private IReadOnlyList<Term> Written(IOperation source, Func<Term> value)
    {
        _writer.Source = source.Syntax;
        return [value()];
    }

    private static IReadOnlyList<Term>? Join(List<Term?> elements) =>
        elements.All(element => element is not null) ? elements.Select(element => element!.Value).ToList() : null;

    private static int IndexOf(IReadOnlyList<IParameterSymbol> list, IParameterSymbol parameter)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(list[i], parameter))
            {
                return i;
            }
        }

        return -1;
    }

    internal static double? Number(object constant) => constant switch
    {
        double or float or int or uint or long or ulong or short or ushort or byte or sbyte => Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        char c => c,
        bool b => b ? 1 : 0,
        _ => null,
    };
}
