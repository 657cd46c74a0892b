using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>Writes the statements of a tile.</summary>
/// <param name="row">The index of the loop over tiles, or nothing outside a loop.</param>
/// <param name="blocks">Blocks of the tile.</param>
/// <param name="firstRow">Rows in front of the tile, beside the index.</param>
/// <param name="partialRows">Rows of the last block if it is not full, else 0.</param>
public delegate IEnumerable<Statement> TileBody(IndexTerm[] row, int blocks, int firstRow, int partialRows);

/// <summary>Runs over all rows: the full tiles in a loop, then what is left.</summary>
public static class TileLoop
{
    /// <summary>Where the rows of a thread begin and end, where several share them.</summary>
    public const string Begin = "begin";
    public const string End = "end";

    /// <summary>The index of full tiles where they are taken in this order and the reverse, time step by time step.</summary>
    public const string InOrder = "i";

    /// <summary>The index of full tiles.</summary>
    public const string Row = "j";

    /// <summary>Runs over all rows.</summary>
    /// <param name="tiling">The tiles.</param>
    /// <param name="tile">Writes the statements of a tile.</param>
    /// <param name="turning">
    /// The number of the time step, if the full tiles are taken in reverse in every other one: then a time step begins with the weights that the one before ended with,
    /// of which the caches still have the most.
    /// </param>
    public static IEnumerable<Statement> Over(Tiling tiling, TileBody tile, string? turning = null)
    {
        int full = tiling.FullTiles;
        if (full > 1)
        {
            yield return Full(tiling, tile, "0", Text(full * tiling.TileRows), Text((full - 1) * tiling.TileRows), turning);
        }
        else if (full == 1)
        {
            yield return new Scope(tile([], tiling.Blocks, 0, 0).ToEquatableArray());
        }

        if (tiling.TailRows > 0)
        {
            yield return new Scope(tile([], tiling.TailBlocks, full * tiling.TileRows, tiling.PartialRows).ToEquatableArray());
        }
    }

    /// <summary>
    /// Runs over the rows of one of several threads: each has some of the full tiles, and what is left is for the first, which has no more of them than others.
    /// A loop without several full tiles is the first thread's.
    /// </summary>
    /// <param name="tiling">The tiles of all threads.</param>
    /// <param name="tile">Writes the statements of a tile.</param>
    /// <param name="panels">The pointer to packed weights, which is declared here, or null where tiles read none.</param>
    /// <param name="weights">Where the packed weights of the first tile begin.</param>
    /// <param name="floatsOfRow">Floats that a row has of the packed weights.</param>
    /// <param name="turning">As for <see cref="Over"/>.</param>
    public static IEnumerable<Statement> Shared(
        Tiling tiling, TileBody tile, string panels = "", Address? weights = null, int floatsOfRow = 0, string? turning = null)
    {
        int full = tiling.FullTiles;
        if (full <= 1)
        {
            IEnumerable<Statement> pointer = weights is null ? [] : [new DeclarePointer(panels, weights)];
            yield return new FirstAlone(pointer.Concat(Over(tiling, tile)));
            yield break;
        }

        foreach (Statement bound in Bounds(full, tiling.TileRows))
        {
            yield return bound;
        }

        string floats = Text(floatsOfRow);
        if (weights is not null)
        {
            yield return new DeclarePointer(panels, Address.At(weights.Pointer, weights.Offset, new IndexTerm(Begin, floats)));
        }

        yield return Full(tiling, tile, Begin, End, $"{Begin} + {End} - {Text(tiling.TileRows)}", turning);
        if (tiling.TailRows > 0)
        {
            int rows = full * tiling.TileRows;
            IEnumerable<Statement> onwards = weights is null ? [] : [new Advance(panels, $"({Text(rows)} - {End}) * {floats}")];
            yield return new FirstAlone(onwards.Concat(tile([], tiling.TailBlocks, rows, tiling.PartialRows)));
        }
    }

    /// <summary>Declares where the tiles of a thread begin and end.</summary>
    public static IEnumerable<Statement> Bounds(int tiles, int rows) =>
        [new DeclareShare(Begin, IsEnd: false, tiles, rows), new DeclareShare(End, IsEnd: true, tiles, rows)];

    private static Loop Full(Tiling tiling, TileBody tile, string begin, string end, string last, string? turning)
    {
        IEnumerable<Statement> body = tile([new IndexTerm(Row)], tiling.Blocks, 0, 0);
        return turning is null ? new Loop(Row, begin, end, tiling.TileRows, body.ToEquatableArray())
            : new Loop(InOrder, begin, end, tiling.TileRows, body.Prepend(new DeclareTurned(Row, InOrder, $"{last} - {InOrder}", turning)).ToEquatableArray());
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
