using System;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>What the kernels of a network share is what one of them calls.</summary>
public class SharedCodeTests
{
    [Theory]
    [InlineData("Network(Input = 3), Lstm(16)")]
    [InlineData("Network(Input = 3, Weights = Precision.Int8), Gru(16)")]
    [InlineData("Network(Input = 33), Ltc(1)")]
    [InlineData("Network(Input = 1), Softmax")]
    [InlineData("Network(Input = 33), LayerNorm, Dense(5), Softmax")]
    [InlineData("Network(Input = 1), Embedding(9, 6)")]
    public void No_emitted_function_is_one_that_nothing_calls(string attributes)
    {
        Consumer consumer = Consumer.Build($"using Recurrent;\n\n[{attributes}]\npublic sealed partial class Policy;\n");
        MethodDeclarationSyntax[] functions = [.. consumer.Compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(method => OwnerOf(method).EndsWith("Math", StringComparison.Ordinal))];
        string[] calls = [.. consumer.Compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Select(call => call.Expression is MemberAccessExpressionSyntax member ? member.ToString() : $"{OwnerOf(call)}.{call.Expression}")];

        functions.ShouldNotBeEmpty();
        functions.Select(function => $"{OwnerOf(function)}.{function.Identifier}").Except(calls).ShouldBeEmpty();
    }

    [Fact]
    public void An_instruction_set_whose_kernels_share_nothing_has_no_file() =>
        Consumer.Build("using Recurrent;\n\n[Network(Input = 3), Lstm(16)]\npublic sealed partial class Policy;\n")
            .Sources.Keys.ShouldNotContain(file => file.Contains("AvxVnni", StringComparison.Ordinal));

    private static string OwnerOf(Microsoft.CodeAnalysis.SyntaxNode node) => node.FirstAncestorOrSelf<ClassDeclarationSyntax>()?.Identifier.Text ?? "";
}
