using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Runs over all rows so that each tile's element-wise part stands among the products of the next tile: it is a chain of operations that wait for each other, and behind the products
/// alone a processor holds too few of the next ones to fill that wait.
/// </summary>
/// <param name="family">The tiles.</param>
/// <param name="weights">Where the packed weights of the tile at an index begin, if it has any; the rows in front of it beside the index are given too.</param>
/// <param name="hasManyRegisters">Whether registers hold a tile's sums, and what comes of them, beside the next one's; else these lie in memory.</param>
public sealed class TilePipeline(TileFamily family, Func<IndexTerm[], int, Address?> weights, bool hasManyRegisters)
{
    /// <summary>The indices of the tile in front of the loop, of the one before that in the loop, and of the one that is left behind it.</summary>
    public const string First = "first";
    public const string Before = "before";
    public const string Last = "last";

    private bool Keeps => !hasManyRegisters && family.Nest.Values.Count > 0;

    /// <summary>
    /// The tiles one behind another. Behind the products of the last one no others are left to fill the wait for its first functions: what the tile before computes of its own is left for then.
    /// States are written when all have been read.
    /// </summary>
    /// <param name="isOfState">Whether a statement writes one.</param>
    public Scope InLine(Func<Statement, bool> isOfState)
    {
        List<Statement> body = [];
        List<Statement> states = [];
        Statement[] before = [];
        Statement[] left = [];
        KeptVectors memory = new(family.Tiling.Lanes);
        for (int firstRow = 0; firstRow < family.Tiling.Rows; firstRow += family.Tiling.TileRows)
        {
            TileLowering tile = Tile([], firstRow, firstRow / family.Tiling.Lanes);
            bool isLast = firstRow + family.Tiling.TileRows >= family.Tiling.Rows;
            body.AddRange(Behind(tile, isLast ? before : before.Concat(left)));
            if (Keeps && !isLast)
            {
                body.AddRange(tile.Keep(memory));
            }

            (IEnumerable<Statement> first, IEnumerable<Statement> then) = tile.ElementsApart();
            states.AddRange(first.Concat(then).Where(isOfState));
            before = [.. first.Where(statement => !isOfState(statement))];
            left = [.. isLast ? left : [], .. then.Where(statement => !isOfState(statement))];
        }

        // Names of its own, as tiles have.
        return new Scope(body.Concat(before).Concat(left).Concat(states).ToEquatableArray());
    }

    /// <summary>The full tiles in a loop, then what is left.</summary>
    /// <param name="turning">The number of the time step, by which the tiles are taken in this order or the reverse.</param>
    public Scope InLoop(string turning)
    {
        int step = family.Tiling.TileRows;
        int last = (family.Tiling.FullTiles - 1) * step;
        DeclareTurned Turned(string name, string up, string down) => new(name, up, down, turning);
        TileLowering At(string index, int firstBlock) => Tile([new IndexTerm(index)], 0, firstBlock);
        IEnumerable<Statement> PointTo(IndexTerm[] row, int firstRow) => weights(row, firstRow) is Address address ? [new Point(NestLowering.Panels, address)] : [];

        (TileLowering first, IReadOnlyList<Statement> keepFirst) = Kept(At(First, 0));
        (TileLowering before, _) = Kept(At(Before, 0));
        (TileLowering next, IReadOnlyList<Statement> keepNext) = Kept(At(TileLoop.Row, family.Tiling.Blocks));
        (TileLowering atEnd, _) = Kept(At(Last, 0));
        Statement[] loop =
        [
            Turned(TileLoop.Row, TileLoop.InOrder, $"{Text(last)} - {TileLoop.InOrder}"),
            Turned(Before, $"{TileLoop.InOrder} - {Text(step)}", $"{Text(last + step)} - {TileLoop.InOrder}"),
            .. PointTo([new IndexTerm(TileLoop.Row)], 0),
            .. Behind(next, before.Elements()),
            .. keepNext,
            .. first.Carried.Zip(next.Carried, (name, value) => new Assign(name, new Local(value))),
        ];
        Statement[] left = [.. atEnd.Elements()];
        if (family.Tiling.TailRows > 0)
        {
            TileLowering tail = Tile([], last + step, family.Tiling.Blocks);
            left = [.. PointTo([], last + step), .. Behind(tail, left), .. tail.Elements()];
        }

        // Names of its own, as tiles have.
        Statement[] body =
        [
            Turned(First, "0", Text(last)),
            .. PointTo([new IndexTerm(First)], 0).OfType<Point>().Select(point => new DeclarePointer(point.Pointer, point.Address)),
            .. Behind(first, []),
            .. keepFirst,
            new Loop(TileLoop.InOrder, Text(step), Text(last + step), step, loop.ToEquatableArray()),
            Turned(Last, Text(last), "0"),
            new Scope(left.ToEquatableArray()),
        ];
        return new Scope(body.ToEquatableArray());
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A tile, and what writes its sums to memory where they lie there: in the same places as those of all others.</summary>
    private (TileLowering Tile, IReadOnlyList<Statement> Keeps) Kept(TileLowering tile) => (tile, Keeps ? tile.Keep(new KeptVectors(family.Tiling.Lanes)) : []);

    /// <summary>A tile up to its sums, with statements among its products.</summary>
    private IEnumerable<Statement> Behind(TileLowering tile, IEnumerable<Statement> others) =>
        [.. tile.Start(), .. Overlap.Spread([.. tile.Products()], [.. others], family.Tiling.Blocks), .. tile.Combine()];

    /// <summary>The tile at an index, or without one the tile that begins with a row.</summary>
    private TileLowering Tile(IndexTerm[] row, int firstRow, int firstBlock)
    {
        bool isFull = row.Length > 0 || firstRow + family.Tiling.TileRows <= family.Tiling.Rows;
        return new TileLowering(family, row, isFull ? family.Tiling.Blocks : family.Tiling.TailBlocks, firstRow, isFull ? 0 : family.Tiling.PartialRows, firstBlock);
    }
}
