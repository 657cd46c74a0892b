using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics;

/// <summary>Cells in which something stands where nobody expects it.</summary>
public static class OddCells
{
    private static readonly (string Name, string Step)[] Cells =
    [
        ("ProductOfParameter", "Vec Step(Vec x, Vec h, Mat W, Mat U, Vec b) => Tanh(W * x + U * b) - h"),
        ("ProductOfExpression", "Vec Step(Vec x, Vec h, Mat W, Mat U, Vec b) => Tanh(W * x + U * Tanh(b)) - h"),
        ("ProductOfProductOfParameter", "Vec Step(Vec x, Vec h, Mat U, Vec b) => Tanh(U * (U * b)) * h"),
        ("ParameterAsResult", "Vec Step(Vec x, Vec h, Vec b) => b"),
        ("ExpressionAsState", "(Vec, Vec) Step(Vec x, Vec h, Vec c, Vec b) => (c, Sigmoid(b) + 0 * h)"),
        ("Constant", "Vec Step(Vec x, Vec h) => 0 * h"),
        ("DelayLine", "(Vec, Vec, Vec) Step(Vec x, Vec h, Vec c, Vec d, Mat W) => (c, d, W * x)"),
        ("NamesOfIntrinsics", "(Vec, Vec, Vec) Step(Vec Avx512F, Vec MathF, Vec Fma, Vec first3, Mat W) => (Fma, W * Avx512F + first3, 0.5 * MathF)"),
        ("NamesOfRows", "Vec Step(Vec j, Vec r) { Mat C = Tanh(Outer(r, r)); return Tanh(RowSums(C) + C * r); }"),
        ("NamesOfBlocks", "(Vec, Vec) Step(Vec x, Vec h_0, Vec h_0_1, Mat W) { Vec h = W * x; Vec h_1 = Tanh(W * x - h_0); return (h * h_1, h_1 - h * h_0_1); }"),
        ("NamesOfTerms", "Vec Step(Vec x, Vec x_k0, Mat W, Mat x_k1) { Vec v3 = W * x; Vec v3_k0 = x_k1 * v3; return Tanh(v3_k0 * x_k0 - (v3 - x_k1 * v3_k0)); }"),
    ];

    /// <summary>The structs.</summary>
    public static string Source { get; } = string.Concat(Cells.Select(cell =>
        "[Recurrent.Cell]\npublic readonly struct " + cell.Name + "\n{\n    public static "
        + Shaped(cell.Step) + (cell.Step.EndsWith('}') ? "" : ";") + "\n}\n\n"));

    /// <summary>Networks of one layer each: narrower than a vector, and wider than the widest.</summary>
    public static IReadOnlyList<NetworkDeclaration> Networks { get; } =
    [
        .. Cells.Select(cell => new NetworkDeclaration("Small" + cell.Name, 3, $"Recurrent.Layer<{cell.Name}>(11, Name = \"layer\")")),
        .. Cells.Select(cell => new NetworkDeclaration("Wide" + cell.Name, 35, $"Recurrent.Layer<{cell.Name}>(35, Name = \"layer\")")),
    ];

    /// <summary>Nothing in the equations settles the sizes of these.</summary>
    private static string Shaped(string step) => step
        .Replace("Mat U", "[Shape(\"hidden\", \"hidden\")] Mat U", System.StringComparison.Ordinal)
        .Replace("Mat W", "[Shape(\"hidden\", \"input\")] Mat W", System.StringComparison.Ordinal)
        .Replace("Vec b", "[Shape(\"hidden\")] Vec b", System.StringComparison.Ordinal);
}
