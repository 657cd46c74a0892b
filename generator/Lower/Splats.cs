using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>Brings the terms of a product's vector into all lanes, each into a local.</summary>
/// <param name="name">What the locals are named after.</param>
/// <param name="vector">Where the vector begins, for each of the rows that are taken at once.</param>
/// <param name="four">
/// Whether four terms are read at once, and each then spread from a register: while weights come from the second cache, every read that it is spared is a gain. From the first cache weights come
/// as fast as they are wanted, and the first product would only wait longer for its factor.
/// </param>
public sealed class Splats(string name, IReadOnlyList<Address> vector, bool four)
{
    /// <summary>Terms that are read at once.</summary>
    public const int Four = 4;

    /// <summary>The local of a term, for one of the rows.</summary>
    public string NameOf(int term, int time) => $"{name}_k{Text(term)}{(time == 0 ? "" : "_" + Text(time))}";

    /// <summary>What stands in front of the products of a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="first">The first of the terms that stand one behind another.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="index">The index of the loop that they stand in, or nothing.</param>
    public IEnumerable<Statement> Of(int term, int first, int count, IndexTerm[] index)
    {
        int number = (term - first) % Four;
        int start = term - number;
        if (!four || start + Four > first + count)
        {
            return vector.Select((_, time) => new Declare(NameOf(term, time), new Splat(At(time, term))));
        }

        return vector.SelectMany((_, time) =>
        {
            string together = $"{NameOf(start, time)}to{Text(start + Four - 1)}";
            Declare splat = new(NameOf(term, time), new SplatOfFour(new Local(together), number));
            return number == 0 ? [new Declare(together, new LoadFour(At(time, start))), splat] : new[] { splat };
        });

        Address At(int time, int place) => Address.At(vector[time].Pointer, vector[time].Offset + place, [.. vector[time].Terms, .. index]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
