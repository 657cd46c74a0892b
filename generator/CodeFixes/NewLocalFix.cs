using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.CodeFixes;

/// <summary>Turns an assignment to a local or a parameter into a new local, which everything behind it reads instead.</summary>
/// <remarks>It is right because equations run straight through: what stands behind an assignment runs after it, and once.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NewLocalFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.Mutation.Id];

    protected override string? Title(Diagnostic diagnostic, FixedFile file) =>
        Find(diagnostic, file) is { } assignment ? $"Give the new value of '{assignment.Target.Name}' a local of its own" : null;

    protected override IEnumerable<TextChange> Changes(IReadOnlyList<Diagnostic> diagnostics, FixedFile file)
    {
        foreach (IGrouping<BlockSyntax, Assignment> method in diagnostics.Select(diagnostic => Find(diagnostic, file)!).Distinct().GroupBy(assignment => assignment.Body))
        {
            HashSet<string> taken = [.. method.Key.Parent!.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
            foreach (IGrouping<string, Assignment> variable in method.GroupBy(assignment => assignment.Target.Name))
            {
                foreach (TextChange change in Changes(variable.OrderBy(assignment => assignment.Statement.SpanStart).ToList(), taken, file))
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>The changes for the assignments to one variable.</summary>
    private static IEnumerable<TextChange> Changes(List<Assignment> assignments, HashSet<string> taken, FixedFile file)
    {
        ISymbol variable = assignments[0].Target;
        BlockSyntax body = assignments[0].Body;
        List<IdentifierNameSyntax> uses = Uses(body, variable, file.Model).ToList();
        string name = variable.Name;
        int from = body.SpanStart;
        foreach (Assignment? assignment in assignments.Append(null))
        {
            int to = assignment?.Statement.Span.End ?? body.Span.End;
            foreach (IdentifierNameSyntax use in uses.Where(use => use.SpanStart >= from && use.SpanStart < to && use != assignment?.Name))
            {
                if (name != variable.Name)
                {
                    yield return new TextChange(use.Span, name);
                }
            }

            if (assignment is not null)
            {
                string next = Fresh(variable.Name, taken);
                string type = TypeOf(variable).ToMinimalDisplayString(file.Model, NullableFlowState.None, assignment.Statement.SpanStart);
                foreach (TextChange change in Declaration(assignment.Statement.Expression, $"{type} {next}", name))
                {
                    yield return change;
                }

                name = next;
                from = to;
            }
        }
    }

    /// <summary>What makes <c>a = b</c>, <c>a += b</c> or <c>a++</c> the declaration of a new value.</summary>
    private static IEnumerable<TextChange> Declaration(ExpressionSyntax expression, string declared, string old)
    {
        switch (expression)
        {
            case AssignmentExpressionSyntax assignment:
                yield return new TextChange(assignment.Left.Span, declared);
                string operation = assignment.OperatorToken.Text.TrimEnd('=');
                if (operation.Length > 0)
                {
                    yield return new TextChange(assignment.OperatorToken.Span, $"= {old} {operation}");
                    if (assignment.Right is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax)
                    {
                        yield return new TextChange(new TextSpan(assignment.Right.SpanStart, 0), "(");
                        yield return new TextChange(new TextSpan(assignment.Right.Span.End, 0), ")");
                    }
                }

                break;
            default:
                bool isMore = expression.IsKind(SyntaxKind.PostIncrementExpression) || expression.IsKind(SyntaxKind.PreIncrementExpression);
                yield return new TextChange(expression.Span, $"{declared} = {old} {(isMore ? "+" : "-")} 1");
                break;
        }
    }

    /// <summary>The assignment that a diagnostic is about; null where a new local would not do.</summary>
    private static Assignment? Find(Diagnostic diagnostic, FixedFile file)
    {
        if (file.At<ExpressionStatementSyntax>(diagnostic.Location) is not { Parent: BlockSyntax body } statement
            || body.Parent is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || statement.Span != diagnostic.Location.SourceSpan
            || Assigned(statement.Expression) is not { } name
            || file.Model.GetSymbolInfo(name).Symbol is not { } target
            || target is not (ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None }))
        {
            return null;
        }

        bool hasValue = !target.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is VariableDeclaratorSyntax { Initializer: null });
        bool isOwn = SymbolEqualityComparer.Default.Equals(target.ContainingSymbol, file.Model.GetDeclaredSymbol(body.Parent));
        bool isCaptured = Uses(body, target, file.Model).Any(use =>
            use.Ancestors().TakeWhile(node => node != body).Any(node => node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax));
        return hasValue && isOwn && !isCaptured ? new Assignment(body, statement, name, target) : null;
    }

    private static IdentifierNameSyntax? Assigned(ExpressionSyntax expression) => expression.Kind() switch
    {
        SyntaxKind.SimpleAssignmentExpression
            or SyntaxKind.AddAssignmentExpression
            or SyntaxKind.SubtractAssignmentExpression
            or SyntaxKind.MultiplyAssignmentExpression
            or SyntaxKind.DivideAssignmentExpression => ((AssignmentExpressionSyntax)expression).Left as IdentifierNameSyntax,
        SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression => ((PostfixUnaryExpressionSyntax)expression).Operand as IdentifierNameSyntax,
        SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression => ((PrefixUnaryExpressionSyntax)expression).Operand as IdentifierNameSyntax,
        _ => null,
    };

    private static IEnumerable<IdentifierNameSyntax> Uses(BlockSyntax body, ISymbol variable, SemanticModel model) => body
        .DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Where(use => use.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use).Symbol, variable));

    private static ITypeSymbol TypeOf(ISymbol variable) => variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;

    /// <summary>The first of <c>next2</c>, <c>next3</c> and so on that the method does not name.</summary>
    private static string Fresh(string name, HashSet<string> taken)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        int number = 2;
        while (!taken.Add(stem + number.ToString(CultureInfo.InvariantCulture)))
        {
            number++;
        }

        return stem + number.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Assignment(BlockSyntax Body, ExpressionStatementSyntax Statement, IdentifierNameSyntax Name, ISymbol Target);
}
