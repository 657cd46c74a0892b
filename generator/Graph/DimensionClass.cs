using System.Collections.Generic;

namespace Recurrent.Gen.Graph;

/// <summary>One dimension of a leaf or of a value, whose size is sought.</summary>
internal sealed class Dimension
{
    /// <param name="leaf">The input, state or parameter, or the operation where it is no leaf's; null for a size that is known by itself.</param>
    /// <param name="axis">Which dimension of it.</param>
    /// <param name="size">Its size, where it is known by itself.</param>
    public Dimension(Op? leaf, Axis axis, Quantity? size = null)
    {
        Leaf = leaf;
        Axis = axis;
        Class = new DimensionClass { Size = size };
        Class.Members.Add(this);
    }

    public Op? Leaf { get; }

    public Axis Axis { get; }

    public DimensionClass Class { get; set; }

    /// <summary>The value (of the equations) at which the size became known; -1 where it is known by its declaration.</summary>
    public int KnownBy { get; set; } = -1;

    public Quantity? Size => Class.Size;
}

/// <summary>Dimensions that are equal.</summary>
internal sealed class DimensionClass
{
    public Quantity? Size { get; set; }

    public List<Dimension> Members { get; } = [];
}
