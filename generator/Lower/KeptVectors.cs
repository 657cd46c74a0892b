using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Memory of a call that holds vectors between statements, where registers do not: each is read when it is needed, and it lies on its own lines of the cache. What the JIT puts on the stack
/// it aligns to half a vector.
/// </summary>
/// <param name="lanes">Floats of a vector.</param>
public sealed class KeptVectors(int lanes)
{
    private const string Pointer = "kept";

    private int _floats;

    /// <summary>The memory that statements use.</summary>
    public static IEnumerable<DeclareOwn> UsedBy(IEnumerable<Statement> statements)
    {
        int floats = statements.All().OfType<Keep>().Select(keep => keep.Address.Offset + keep.Lanes).DefaultIfEmpty().Max();
        return floats == 0 ? [] : [new DeclareOwn(Pointer, floats)];
    }

    /// <summary>Has a vector lie behind the others.</summary>
    /// <param name="name">What it is called, for people.</param>
    /// <param name="value">The vector.</param>
    public Keep Keep(string name, Expression value)
    {
        Keep keep = new(name, new Address(Pointer, _floats), value, lanes);
        _floats += lanes;
        return keep;
    }
}
