using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>Reads the body of a cell's <c>Step</c> into a list of values. Their shapes are left open.</summary>
public sealed class EquationReader
{
    /// <summary>Deeper expressions are refused, so that reading one cannot exhaust the stack.</summary>
    private const int MaximumDepth = 400;

    private readonly StepSignature _signature;
    private readonly Problems _problems;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<ISymbol, int> _positions = new(SymbolEqualityComparer.Default);
    private int _depth;

    public EquationReader(StepSignature signature, Problems problems, CancellationToken cancellation)
    {
        _signature = signature;
        _problems = problems;
        _cancellation = cancellation;
    }

    public List<Op> Ops { get; } = [];

    public List<string> Names { get; } = [];

    /// <summary>The source of each value.</summary>
    public List<SyntaxNode> Sources { get; } = [];

    /// <summary>The values that are the results of <c>Step</c>; empty where there is a problem.</summary>
    public List<int> Results { get; } = [];

    public void Read(SemanticModel model)
    {
        SyntaxNode declaration = _signature.Method.DeclaringSyntaxReferences[0].GetSyntax(_cancellation);
        if (model.GetOperation(declaration, _cancellation) is not IMethodBodyOperation body
            || (body.BlockBody ?? body.ExpressionBody) is not { } block)
        {
            _problems.Fail();
            return;
        }

        foreach (IOperation statement in block.Operations)
        {
            if (statement is IReturnOperation { ReturnedValue: { } value })
            {
                ReadResults(value);
                return;
            }

            ReadStatement(statement);
        }
    }

    private void ReadStatement(IOperation statement)
    {
        if (statement is IEmptyOperation)
        {
            return;
        }

        if (statement is not IVariableDeclarationGroupOperation group)
        {
            Refuse(statement);
            return;
        }

        foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
        {
            if (declarator.Symbol.IsConst)
            {
                continue;
            }

            if (declarator.GetVariableInitializer()?.Value is not { } value)
            {
                Refuse(declarator);
                continue;
            }

            int position = ReadValue(value);
            if (position >= 0)
            {
                _positions[declarator.Symbol] = position;
                if (Names[position].Length == 0)
                {
                    Names[position] = declarator.Symbol.Name;
                }
            }
        }
    }

    private void ReadResults(IOperation value)
    {
        IOperation result = value;
        while (result is IConversionOperation { OperatorMethod: null } conversion)
        {
            result = conversion.Operand;
        }

        IReadOnlyList<IOperation> elements = result is ITupleOperation tuple ? tuple.Elements : [result];
        if (elements.Count != _signature.ResultCount)
        {
            Refuse(result);
            return;
        }

        List<int> positions = elements.Select(ReadValue).ToList();
        if (positions.All(position => position >= 0))
        {
            Results.AddRange(positions);
        }
    }

    /// <summary>The position of an expression's value, or -1 where it has none and a problem was noted.</summary>
    private int ReadValue(IOperation operation)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (++_depth > MaximumDepth)
        {
            _depth--;
            return Refuse(operation);
        }

        int position = operation.ConstantValue is { HasValue: true, Value: { } constant } && Number(constant) is double number
            ? Add(Op.Number(number), operation)
            : ReadExpression(operation);
        _depth--;
        return position;
    }

    private int ReadExpression(IOperation operation)
    {
        switch (operation)
        {
            case IConversionOperation { OperatorMethod: null, Operand: { } operand } conversion
                when SymbolEqualityComparer.Default.Equals(conversion.Type, operand.Type):
                return ReadValue(operand);
            case IParenthesizedOperation parenthesized:
                return ReadValue(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return _positions.TryGetValue(local.Local, out int named) ? named : Unread(local);
            case IParameterReferenceOperation reference:
                return ReadLeaf(reference);
            case IUnaryOperation unary:
                return ReadUnary(unary);
            case IBinaryOperation binary:
                return ReadBinary(binary);
            case IInvocationOperation invocation:
                return ReadCall(invocation);
            default:
                return Refuse(operation);
        }
    }

    private int ReadLeaf(IParameterReferenceOperation reference)
    {
        IParameterSymbol parameter = reference.Parameter;
        if (_positions.TryGetValue(parameter, out int position))
        {
            return position;
        }

        Op leaf;
        if (SymbolEqualityComparer.Default.Equals(parameter, _signature.Input))
        {
            leaf = new Op(OpKind.Input, -1, Shape.Scalar);
        }
        else if (IndexOf(_signature.States, parameter) is int state and >= 0)
        {
            leaf = new Op(OpKind.State, state, Shape.Scalar);
        }
        else if (IndexOf(_signature.Parameters, parameter) is int number and >= 0)
        {
            leaf = new Op(OpKind.Parameter, number, Shape.Scalar);
        }
        else
        {
            return Refuse(reference);
        }

        position = Add(leaf, reference);
        Names[position] = parameter.Name;
        _positions[parameter] = position;
        return position;
    }

    private int ReadUnary(IUnaryOperation unary)
    {
        OpKind? kind = Vocabulary.Find(unary);
        bool isNumber = RuntimeTypes.IsNumber(unary.Type) && unary.OperatorKind is UnaryOperatorKind.Minus or UnaryOperatorKind.Plus;
        if (kind is null && !isNumber)
        {
            return Refuse(unary);
        }

        int operand = ReadValue(unary.Operand);
        return operand < 0 ? -1
            : kind is { } known ? Add(new Op(known, operand, Shape.Scalar), unary)
            : Add(Op.Number(unary.OperatorKind == UnaryOperatorKind.Minus ? -Ops[operand].Constant : Ops[operand].Constant), unary);
    }

    private int ReadBinary(IBinaryOperation binary)
    {
        OpKind? kind = Vocabulary.Find(binary);
        bool isNumber = RuntimeTypes.IsNumber(binary.Type)
            && RuntimeTypes.IsNumber(binary.LeftOperand.Type)
            && RuntimeTypes.IsNumber(binary.RightOperand.Type)
            && Vocabulary.Fold(binary.OperatorKind, 1, 1) is not null;
        if (kind is null && !isNumber)
        {
            return Refuse(binary);
        }

        int left = ReadValue(binary.LeftOperand);
        int right = ReadValue(binary.RightOperand);
        return left < 0 || right < 0 ? -1
            : kind is { } known ? Add(new Op(known, left, right, Shape.Scalar), binary)
            : Add(Op.Number(Vocabulary.Fold(binary.OperatorKind, Ops[left].Constant, Ops[right].Constant)!.Value), binary);
    }

    private int ReadCall(IInvocationOperation call)
    {
        if (Vocabulary.Find(call.TargetMethod) is not { } kind)
        {
            return Refuse(call);
        }

        // A setting is the last operand, whatever its place among the arguments.
        List<int> operands = [];
        List<int> settings = [];
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? -1))
        {
            if (RuntimeTypes.IsActivation(argument.Parameter?.Type))
            {
                int setting = argument.Value is IParameterReferenceOperation reference ? IndexOf(_signature.Settings, reference.Parameter) : -1;
                settings.Add(setting >= 0 ? setting : Refuse(argument.Value));
            }
            else
            {
                operands.Add(ReadValue(argument.Value));
            }
        }

        // Only the input is checked to be a position before a kernel reads the row.
        if (kind == OpKind.Row && operands[1] >= 0 && Ops[operands[1]].Kind != OpKind.Input)
        {
            IOperation index = call.Arguments.First(argument => argument.Parameter?.Ordinal == 1).Value;
            _problems.Report(Descriptors.UnsupportedEquation, index.Syntax.GetLocation(), index.Syntax.Quote(), "the index of Row is the cell's input");
            return -1;
        }

        if (kind == OpKind.Activate && operands[0] >= 0 && settings[0] >= 0)
        {
            int chosen = operands[0];
            foreach ((int member, OpKind function) in new[] { (1, OpKind.Relu), (2, OpKind.Sigmoid), (3, OpKind.Tanh) })
            {
                int setting = Add(new Op(OpKind.Setting, settings[0], Shape.Scalar), call);
                int number = Add(Op.Number(member), call);
                int less = Add(new Op(OpKind.Less, setting, number, Shape.Scalar), call);
                int more = Add(new Op(OpKind.Less, number, setting, Shape.Scalar), call);
                int other = Add(new Op(OpKind.Add, less, more, Shape.Scalar), call);
                int equal = Add(new Op(OpKind.Less, other, Add(Op.Number(1), call), Shape.Scalar), call);
                int value = Add(new Op(function, operands[0], Shape.Scalar), call);
                chosen = Add(new Op(OpKind.Otherwise, Add(new Op(OpKind.When, equal, value, Shape.Scalar), call), chosen, Shape.Scalar), call);
            }

            return chosen;
        }

        operands.AddRange(settings);
        return operands.Any(operand => operand < 0) ? -1 : Add(new Op(kind, operands[0], operands.Count > 1 ? operands[1] : -1, Shape.Scalar), call);
    }

    private int Add(Op op, IOperation source)
    {
        Ops.Add(op);
        Names.Add("");
        Sources.Add(source.Syntax);
        return Ops.Count - 1;
    }

    /// <summary>A local that was refused where it was declared: one problem is enough.</summary>
    private int Unread(ILocalReferenceOperation local)
    {
        if (_problems.Count == 0)
        {
            Refuse(local);
        }

        return -1;
    }

    private int Refuse(IOperation operation)
    {
        if (operation is IInvalidOperation || operation.Type is { TypeKind: TypeKind.Error })
        {
            _problems.Fail();
        }
        else
        {
            _problems.Report(Descriptors.UnsupportedEquation, operation.Syntax.GetLocation(), operation.Syntax.Quote(), Vocabulary.Description);
        }

        return -1;
    }

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

    private static double? Number(object constant) => constant switch
    {
        double or float or int or uint or long or ulong or short or ushort or byte or sbyte => Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        char c => c,
        _ => null,
    };
}
