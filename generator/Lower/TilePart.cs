namespace Recurrent.Gen.Lower;

/// <summary>What of a tile is computed.</summary>
public enum TilePart
{
    /// <summary>The products and, on their sums while these are in registers, the element-wise part.</summary>
    All,

    /// <summary>The products, whose sums go to memory.</summary>
    Products,

    /// <summary>The element-wise part, from sums in memory.</summary>
    Elements,
}
