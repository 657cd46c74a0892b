using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>
/// Keeps which dimensions are equal. Sizes are equal where their <see cref="Quantity"/> is, with one exception: where equations demand that
/// the input has a certain number of elements (a row of a table is looked up by one), <c>input</c> is that number.
/// </summary>
internal sealed class Unification
{
    private static readonly Quantity Input = Quantity.Of(Dim.Input.Name!);

    private readonly Dictionary<Quantity, Dimension> _known = [];

    public List<ShapeMismatch> Mismatches { get; } = [];

    /// <summary>The one dimension that stands for a size.</summary>
    public Dimension Known(Quantity size)
    {
        if (!_known.TryGetValue(size, out Dimension? dimension))
        {
            dimension = new Dimension(null, Axis.Length, size);
            _known.Add(size, dimension);
        }

        return dimension;
    }

    /// <summary>Makes two dimensions equal, or notes why they cannot be.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <param name="at">The value of the equations that demands it; -1 where a declaration does.</param>
    /// <param name="isResult">Whether being a result demands it.</param>
    public void Equate(Dimension left, Dimension right, int at, bool isResult = false)
    {
        DimensionClass a = left.Class;
        DimensionClass b = right.Class;
        if (a == b)
        {
            return;
        }

        if (a.Size is { } first && b.Size is { } second && !first.Equals(second) && !Settles(first, second) && !Settles(second, first))
        {
            Note(left, first, right, second, at, isResult);
            return;
        }

        Quantity? size = a.Size is { } known && b.Size is { } other ? (Settles(other, known) ? other : known) : a.Size ?? b.Size;
        foreach (DimensionClass side in new[] { a, b })
        {
            if (size is not null && !size.Equals(side.Size))
            {
                side.Members.ForEach(member => member.KnownBy = at);
            }
        }

        a.Size = size;
        a.Members.AddRange(b.Members);
        b.Members.ForEach(member => member.Class = a);
    }

    private static bool Settles(Quantity number, Quantity name) => number.IsNumber && name.Equals(Input);

    private void Note(Dimension left, Quantity first, Dimension right, Quantity second, int at, bool isResult)
    {
        // What is told about: a parameter where there is one, for its shape is what is sought; then another leaf of the user's.
        bool tellRight = Interest(right) > Interest(left);
        Dimension told = tellRight ? right : left;
        if (told.Leaf is { } leaf && Shown(first) is { } has && Shown(second) is { } wanted)
        {
            Mismatches.Add(tellRight
                ? new ShapeMismatch(leaf, told.Axis, wanted, told.KnownBy, has, at, isResult)
                : new ShapeMismatch(leaf, told.Axis, has, told.KnownBy, wanted, at, isResult));
        }
    }

    private static Dim? Shown(Quantity size) => size.ToDim() ?? new Dim(size.ToString());

    private static int Interest(Dimension dimension) => dimension.Leaf?.Kind switch
    {
        null => 0,
        OpKind.Parameter => 3,
        OpKind.Input or OpKind.State => 2,
        _ => 1,
    };
}
