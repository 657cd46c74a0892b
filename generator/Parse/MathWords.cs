using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Recurrent.Gen.Parse;

/// <summary>What to write in an equation instead of a method of <see cref="Math"/>.</summary>
public static class MathWords
{
    private static readonly HashSet<string> SameName = new(StringComparer.Ordinal)
    {
        "Abs", "Clamp", "Exp", "Log", "Max", "Min", "Sign", "Sqrt", "Tanh",
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
        SameName.Contains(method) ? $"write {method} of Recurrent.Equations, which has a derivative"
        : Other.TryGetValue(method, out string? advice) ? advice
        : "the language of equations has no such function; its words are those of Recurrent.Equations";
}
