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
    /// <summary>Floats as they are.</summary>
    public static WeightFormat Float32 { get; } = new("Float32", 1, []);

    /// <summary>All formats.</summary>
    public static IReadOnlyList<WeightFormat> All { get; } =
    [
        Float32,
        new("BFloat16", 2, [Primitive.WidenLowBFloat16, Primitive.WidenHighBFloat16]),
        new("Float16", 2, [Primitive.WidenLowFloat16, Primitive.WidenHighFloat16]),
    ];

    /// <summary>The format of a precision.</summary>
    public static WeightFormat Of(string name) =>
        All.FirstOrDefault(format => format.Name == name) ?? throw new ArgumentException($"No format is called {name}.", nameof(name));

    /// <summary>Words that each lane has of the terms of a product.</summary>
    public int Words(int terms) => (terms + TermsOfWord - 1) / TermsOfWord;
}
