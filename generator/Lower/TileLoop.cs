using System.Collections.Generic;
using System.Globalization;
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
    private const string Row = "j";

    public static IEnumerable<Statement> Over(Tiling tiling, TileBody tile)
    {
        int full = tiling.FullTiles;
        if (full > 1)
        {
            string end = (full * tiling.TileRows).ToString(CultureInfo.InvariantCulture);
            yield return new Loop(Row, "0", end, tiling.TileRows, tile([new IndexTerm(Row)], tiling.Blocks, 0, 0).ToEquatableArray());
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
}
