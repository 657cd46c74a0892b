using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <summary>What to write in an equation instead of a method of <see cref="Math"/>.</summary>
public static class MathWords
{
    /// <summary>Methods that have the name of a word, and how many parameters the word has for numbers.</summary>
    private static readonly Dictionary<string, int> SameName = new(StringComparer.Ordinal)
    {
        ["Abs"] = 1,
        ["Clamp"] = 3,
        ["Exp"] = 1,
        ["Log"] = 1,
        ["Max"] = 2,
        ["Min"] = 2,
        ["Sign"] = 1,
        ["Sqrt"] = 1,
        ["Tanh"] = 1,
    };

    private static readonly Dictionary<string, string> Other = new(StringComparer.Ordinal)
    {
        ["Pow"] = "write powers as products, or Exp(y * Log(x)) where x is above 0",
        ["Cbrt"] = "write Exp(Log(x) / 3) where x is above 0",
        ["Log2"] = "write Log(x) and divide it by the logarithm of 2",
        ["Log10"] = "write Log(x) and divide it by the logarithm of 10",
        ["FusedMultiplyAdd"] = "write x * y + z, which is fused wherever the processor can",
        ["ReciprocalEstimate"] = "write 1 / x",
        ["ReciprocalSqrtEstimate"] = "write Rsqrt(x) of Recurrent.Equations",
        ["CopySign"] = "write Abs(x) * Sign(y)",
        ["ScaleB"] = "multiply by a constant power of 2",
    };

    public static bool IsMath(INamedTypeSymbol? type) =>
        type is { Name: "Math" or "MathF" or "Double", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>What to write instead, as a clause.</summary>
    public static string Advice(string method) =>
        SameName.ContainsKey(method) ? $"write {method} of Recurrent.Equations, which has a derivative"
        : Other.TryGetValue(method, out string? advice) ? advice
        : "the language of equations has no such function; its words are those of Recurrent.Equations";

    /// <summary>The word in place of the method's name; null where that is not all there is to do.</summary>
    public static Repair? WordFor(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        bool isNumber = RuntimeTypes.IsNumber(method.ReturnType) || call.Parent is IConversionOperation { Type.SpecialType: SpecialType.System_Double };
        if (!isNumber
            || !SameName.TryGetValue(method.Name, out int count)
            || count != method.Parameters.Length
            || call.Arguments.Any(argument => argument.Syntax is ArgumentSyntax { NameColon: not null })
            || call is not { Syntax: InvocationExpressionSyntax { Expression: { } callee }, SemanticModel: { } model }
            || model.Compilation.GetTypeByMetadataName(RuntimeTypes.Equations) is not { } equations)
        {
            return null;
        }

        bool isInScope = model.LookupSymbols(callee.SpanStart, name: method.Name).Any(symbol => RuntimeTypes.Is(symbol.ContainingType, "Equations"));
        string word = isInScope ? method.Name : $"{equations.ToMinimalDisplayString(model, callee.SpanStart)}.{method.Name}";
        return new Repair(word, callee.GetLocation());
    }
}
