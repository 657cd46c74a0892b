using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Schedule;

/// <summary>How packed matrices of weights lie in memory: each lane has words of 32 bits, in which neighbouring terms of its row's product lie side by side.</summary>
/// <param name="Name">A member of the runtime's enumeration <c>Precision</c>; the runtime's <c>PanelWriter</c> packs it so.</param>
/// <param name="TermsOfWord">Terms in a word, the first in the lowest bits. A row that ends within a word is filled with zeros.</param>
/// <param name="Widen">The primitives that make floats of a word, in the order of its terms; none where a word is a float.</param>
public sealed record WeightFormat(string Name, int TermsOfWord, IReadOnlyList<Primitive> Widen)
{
    /// <summary>
    /// Whether weights are whole numbers: then <see cref="Widen"/> loads what is multiplied with the whole numbers that a vector has become, and the words of a product stand between
    /// -128 times the sum of each row's weights and the scale of these.
    /// </summary>
    public bool IsWhole { get; init; }

    /// <summary>The greatest magnitude of a whole weight.</summary>
    public const int MostWeight = 127;

    /// <summary>Floats as they are.</summary>
    public static WeightFormat Float32 { get; } = new("Float32", 1, []);

    /// <summary>All formats.</summary>
    public static IReadOnlyList<WeightFormat> All { get; } =
    [
        Float32,
        new("BFloat16", 2, [Primitive.WidenLowBFloat16, Primitive.WidenHighBFloat16]),
        new("Float16", 2, [Primitive.WidenLowFloat16, Primitive.WidenHighFloat16]),
        new("Int8", 4, [Primitive.LoadFirst, Primitive.LoadSecond]) { IsWhole = true },
    ];

    /// <summary>The format of a precision.</summary>
    public static WeightFormat Of(string name) =>
        All.FirstOrDefault(format => format.Name == name) ?? throw new ArgumentException($"No format is called {name}.", nameof(name));

    /// <summary>The primitives that kernels need for it, beside those that they need for floats.</summary>
    public IEnumerable<Primitive> Primitives => IsWhole ? [.. Widen, Primitive.SplatFirst, Primitive.SplatSecond, Primitive.AddProducts, Primitive.StartSecond, Primitive.JoinSums, Primitive.StoreWhole] : Widen;

    /// <summary>Sums of vectors that a row keeps while it is multiplied, for each sum of the loop.</summary>
    public int SumsOfSum => IsWhole ? 2 : 1;

    /// <summary>Of the whole numbers that a vector of so many terms becomes, the greatest: with it no sum leaves 32 bits.</summary>
    public static int MostOfVector(int terms) => Math.Max(1, Math.Min(short.MaxValue, int.MaxValue / MostWeight / terms));

    /// <summary>Words that each lane has of a product, the sum of its weights and their scale among them.</summary>
    public int PanelWords(int terms) => Words(terms) + (IsWhole ? 2 : 0);

    /// <summary>Words that each lane has of the terms of a product.</summary>
    public int Words(int terms) => (terms + TermsOfWord - 1) / TermsOfWord;
}
