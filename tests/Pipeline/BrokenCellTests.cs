using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Recurrent.Tests.Numerics;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>Random cells with a few tokens deleted, repeated, exchanged or replaced: whatever is left is compiled, or told where it is wrong.</summary>
public class BrokenCellTests
{
    private const int CasesPerSeed = 30;

    private static readonly string[] Tokens =
    [
        "Vec", "Mat", "double", "int", "bool", "Activation", "string", "x", "h", "1", "0", "-1", "0.5", "true", "null", "+", "*", "-", "/", "..", "^1", "(", ")", "[", "]", ",", ";",
        "Sum", "Softmax", "Outer", "Transpose", "Concat", "Tanh", "Max", "Clamp", "Norm", "Step", "Dot", "Row", "ScaleRows", "Activate", "Detach", "x.Length", "System.Math.Exp", "new Vec(1)",
        "[Setting]", "[Learned]", "[Init(Initializer.Zeros)]", "[Shape(3)]", "[Shape(\"hidden\", \"or\")]", "[Shape(\"hidden / 0\")]", "[Shape(-1)]", "[Shape]", "[Tensor(\"a\", \"b\")]",
        "\"input\"", "\"hidden\"", "\"no such size\"", "\"hidden - 100\"", "static", "return", "ref", "params", "const", "var", "if (true)", "=> x;", "? 1 :", "<", "==", "!",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_broken_cell_is_compiled_or_told_where_it_is_wrong(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < CasesPerSeed; i++)
        {
            RandomCell cell = RandomCell.Draw((1000 * seed) + i);
            Check("using Recurrent;\nusing static Recurrent.Equations;\n\n" + Break(cell.Source, random)
                + $"[Network(Input = 5)] [{cell.Layer(6, "cell")}] public partial class Policy;\n");
        }
    }

    private static void Check(string source)
    {
        Consumer consumer = Consumer.Run(Consumer.Compile(source));
        consumer.Result.Results.ShouldHaveSingleItem().Exception.ShouldBeNull(source);
        IReadOnlyList<Diagnostic> found = consumer.AnalyzerDiagnostics(withGenerated: false);
        found.Where(diagnostic => !diagnostic.Id.StartsWith("RGEN", StringComparison.Ordinal)).ShouldBeEmpty(source);
        if (consumer.Before.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return;
        }

        if (found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            // The cell itself, or the network whose sizes it does not fit.
            TextSpan[] declarations = [.. consumer.Before.SyntaxTrees.Single().GetRoot().ChildNodes()
                .Where(node => node.IsKind(SyntaxKind.StructDeclaration) || node.IsKind(SyntaxKind.ClassDeclaration)).Select(node => node.FullSpan)];
            found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .ShouldAllBe(diagnostic => declarations.Any(declaration => declaration.Contains(diagnostic.Location.SourceSpan)), source);
            return;
        }

        consumer.Sources.Keys.ShouldContain("Policy.g.cs", source);
        consumer.CompilerDiagnostics(DiagnosticSeverity.Error).ShouldBeEmpty(source);
    }

    private static string Break(string source, Random random)
    {
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(source, Consumer.ParseOptions).GetRoot().DescendantTokens().Select(token => token.ToFullString())];
        for (int edits = random.Next(1, 3); edits > 0; edits--)
        {
            int at = random.Next(tokens.Count);
            int other = random.Next(tokens.Count);
            switch (random.Next(5))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[other]);
                    break;
                case 2:
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                case 3:
                    tokens.Insert(at, " " + Tokens[random.Next(Tokens.Length)] + " ");
                    break;
                default:
                    // Of one kind with what was there, so that much is well-formed: a word for a word, a name for a name.
                    string[] alike = [.. tokens.Where(token => char.IsLetter(token.Trim().FirstOrDefault()) == char.IsLetter(tokens[at].Trim().FirstOrDefault()))];
                    tokens[at] = random.Next(2) == 0 && alike.Length > 0 ? alike[random.Next(alike.Length)] : " " + Tokens[random.Next(Tokens.Length)] + " ";
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
