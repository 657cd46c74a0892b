using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>
/// Reads the body of a cell's <c>Step</c>, and those of the methods that it calls, into a list of values: here its statements.
/// </summary>
public sealed partial class EquationReader
{
    private readonly StepSignature _signature;
    private readonly Compilation _compilation;
    private readonly Problems _problems;
    private readonly CancellationToken _cancellation;
    private readonly EquationWriter _writer = new();

    /// <summary>What locals and parameters stand for. A method is read once at a time, so that they need no frames.</summary>
    private readonly Dictionary<ISymbol, IReadOnlyList<Term>> _values = new(SymbolEqualityComparer.Default);

    /// <summary>The bodies of methods, which the compiler binds anew whenever it is asked.</summary>
    private readonly Dictionary<SyntaxNode, IBlockOperation?> _bodies = [];

    /// <summary>Names that locals of inlined methods would give, kept where no other value has them.</summary>
    private readonly List<(int Position, string Name)> _innerNames = [];

    public EquationReader(StepSignature signature, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        _signature = signature;
        _compilation = compilation;
        _problems = problems;
        _cancellation = cancellation;
    }

    public IReadOnlyList<Op> Ops => _writer.Ops;

    public IReadOnlyList<string> Names => _writer.Names;

    /// <summary>The source of each value.</summary>
    public IReadOnlyList<SyntaxNode> Sources => _writer.Sources;

    /// <summary>The values that are the results of <c>Step</c>; empty where there is a problem.</summary>
    public IReadOnlyList<int> Results { get; private set; } = [];

    public void Read()
    {
        int before = _problems.Count;
        if (BodyOf(_signature.Method.PartialImplementationPart ?? _signature.Method) is not { } body || ReadBlock(body) is not { } results || _problems.Count > before)
        {
            _problems.FailUnlessMore(before);
            return;
        }

        NameInnerValues();
        Results = _writer.Prune(results.Select(result => result.Position).ToList());
    }

    private IBlockOperation? BodyOf(IMethodSymbol method)
    {
        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax(_cancellation);
        if (!_bodies.TryGetValue(declaration, out IBlockOperation? body))
        {
            _bodies[declaration] = body = Bind(declaration);
        }

        return body;
    }

    private IBlockOperation? Bind(SyntaxNode declaration) =>
        !_compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            ? null
            : _compilation.GetSemanticModel(declaration.SyntaxTree).GetOperation(declaration, _cancellation) switch
            {
                IMethodBodyOperation method => method.BlockBody ?? method.ExpressionBody,
                ILocalFunctionOperation local => local.Body,
                _ => null,
            };

    /// <summary>What a block returns, or null where it returns nothing.</summary>
    private IReadOnlyList<Term>? ReadBlock(IBlockOperation block)
    {
        foreach (IOperation statement in block.Operations)
        {
            switch (statement)
            {
                case IReturnOperation { ReturnedValue: { } value }:
                    return ReadAll(value);
                case IBlockOperation inner:
                    if (ReadBlock(inner) is { } results)
                    {
                        return results;
                    }

                    break;
                default:
                    ReadStatement(statement);
                    break;
            }
        }

        return null;
    }

    private void ReadStatement(IOperation statement)
    {
        switch (statement)
        {
            case IEmptyOperation or ILocalFunctionOperation:
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                {
                    ReadDeclarator(declarator);
                }

                break;
            case IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation deconstruction }:
                ReadDeconstruction(deconstruction, statement.Syntax);
                break;
            case IExpressionStatementOperation expression:
                Refuse(expression.Operation, expression.Syntax);
                break;
            default:
                Refuse(statement);
                break;
        }
    }

    private void ReadDeclarator(IVariableDeclaratorOperation declarator)
    {
        IOperation? value = declarator.GetVariableInitializer()?.Value;
        if (declarator.Symbol.IsConst)
        {
            WarnOfWholeDivisions(value);
        }
        else if (value is null)
        {
            Refuse(declarator);
        }
        else if (declarator.Symbol.IsRef)
        {
            _problems.Report(Descriptors.Mutation, declarator.Syntax.GetLocation(), declarator.Syntax.Quote(), "a local holds a value; declare it without 'ref'");
        }
        else if (ReadAll(value) is { } terms)
        {
            Bind(declarator.Symbol, terms);
        }
    }

    private void ReadDeconstruction(IDeconstructionAssignmentOperation deconstruction, SyntaxNode statement)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation declared ? declared.Expression : deconstruction.Target;
        IReadOnlyList<IOperation> elements = target is ITupleOperation tuple ? tuple.Elements : [];
        if (elements.Count == 0 || elements.Any(element => LocalOf(element) is null && element is not IDiscardOperation))
        {
            Refuse(deconstruction, statement);
            return;
        }

        if (ReadAll(deconstruction.Value) is not { } terms)
        {
            return;
        }

        if (terms.Count != elements.Count)
        {
            Refuse(deconstruction, statement);
            return;
        }

        for (int i = 0; i < elements.Count; i++)
        {
            if (LocalOf(elements[i]) is { } local)
            {
                Bind(local, [terms[i]]);
            }
        }
    }

    /// <summary>The local that an element of a deconstruction declares.</summary>
    private static ILocalSymbol? LocalOf(IOperation element) => element switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        ILocalReferenceOperation { IsDeclaration: true } local => local.Local,
        _ => null,
    };

    private void Bind(ILocalSymbol local, IReadOnlyList<Term> terms)
    {
        _values[local] = terms;
        if (terms.Count == 1 && _active.Count == 0)
        {
            _writer.Name(terms[0].Position, local.Name);
        }
        else if (terms.Count == 1)
        {
            _innerNames.Add((terms[0].Position, local.Name));
        }
    }

    private void NameInnerValues()
    {
        HashSet<string> used = new(_writer.Names.Concat(_innerNames.GroupBy(inner => inner.Name).Where(same => same.Count() > 1).Select(same => same.Key)));
        foreach ((int position, string name) in _innerNames.Where(inner => !used.Contains(inner.Name)))
        {
            _writer.Name(position, name);
        }
    }

    private void WarnOfWholeDivisions(IOperation? constant)
    {
        foreach (IOperation operation in constant?.DescendantsAndSelf() ?? [])
        {
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } division
                && division.LeftOperand.ConstantValue is { HasValue: true, Value: int left }
                && division.RightOperand.ConstantValue is { HasValue: true, Value: int right and not (0 or -1) }
                && left % right != 0)
            {
                BinaryExpressionSyntax binary = (BinaryExpressionSyntax)division.Syntax;
                string divisor = binary.Right.IsKind(SyntaxKind.NumericLiteralExpression) ? right.ToText() + ".0" : $"(double){binary.Right}";
                _problems.Warn(
                    Descriptors.WholeDivision,
                    binary.GetLocation(),
                    IsPartOfDouble(division, constant!) ? new Repair(divisor, binary.Right.GetLocation()) : null,
                    binary.Quote(),
                    (left / right).ToText(),
                    $"{binary.Left.Quote()} / {divisor}");
            }
        }
    }

    /// <summary>Whether the constant stays what it may be, a double, where a part of it that is whole becomes one.</summary>
    private static bool IsPartOfDouble(IOperation part, IOperation constant)
    {
        while (part != constant && part.Parent is { } around)
        {
            if (around is IConversionOperation { Type.SpecialType: SpecialType.System_Double })
            {
                return true;
            }

            if (around is not (IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus or UnaryOperatorKind.Plus }
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide }))
            {
                return false;
            }

            part = around;
        }

        return false;
    }
}
