using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Turns one loop over rows into statements: full tiles in a loop, then what is left. In a tile all sums of all blocks run at once through the
/// products, and then each block's element-wise part works on the sums while they are in registers.
/// </summary>
public sealed class NestLowering : ILowering
{
    /// <summary>The index over the terms of products.</summary>
    internal const string Term = "k";

    /// <summary>The pointer to the packed weights.</summary>
    internal const string Panels = "w";

    internal const int MultiplyAddsOfAnIteration = 16;
    internal const int MostUnrolled = 4;

    private const int WordsOfAnIteration = 8;

    /// <summary>Tiles at most that stand one behind another, each with the element-wise part of the one before among its products, instead of in a loop.</summary>
    private const int MostOverlapped = 4;

    /// <summary>Values of a tile at most, where several time steps are taken at once: a method has them for the full tiles and for what is behind these, and may have 256 locals.</summary>
    private const int MostValues = 120;

    private readonly PassPlan _plan;
    private readonly Nest _nest;
    private readonly ParameterLayout _layout;
    private readonly NestLayout _panels;
    private readonly Tiling _tiling;
    private readonly int _partialSums;
    private readonly int _sums;
    private readonly long _floats;
    private readonly int _times;
    private readonly Address? _weights;

    /// <param name="plan">The pass.</param>
    /// <param name="nest">The loop.</param>
    /// <param name="layout">Where the parameters lie.</param>
    /// <param name="target">The instruction set.</param>
    /// <param name="times">Time steps that are taken at once.</param>
    /// <param name="weights">Where its packed weights begin, if the pass has any.</param>
    public NestLowering(PassPlan plan, Nest nest, ParameterLayout layout, Target target, int times, Address? weights)
    {
        _weights = weights;
        _times = times;
        _plan = plan;
        _nest = nest;
        _layout = layout;
        _panels = NestLayout.Of(plan, nest);
        Stores = [.. nest.Stores];
        _partialSums = plan.Weights.IsWhole ? 1 : Arithmetic.PartialSums(nest.Width, nest.Sums.Count);
        _sums = nest.Sums.Count * _partialSums * plan.Weights.SumsOfSum;
        _floats = plan.WeightsOf(nest);
        _tiling = Tiling.For(nest.Width, _sums, _floats, plan.Weights.TermsOfWord, target);
    }

    public Tiling Tiling => _tiling;

    /// <summary>Time steps that it takes at once.</summary>
    public int Times => _times;

    /// <summary>Time steps, of those that do not wait for each other, that the loop can take at once.</summary>
    public int MostTimes(Target target)
    {
        // Where a tile goes over all rows, its weights are near for all but the first, and its element-wise part is a loop of its own.
        int values = _plan.TakesRows ? _sums : _sums + _nest.Values.Count;
        return Math.Max(1, Math.Min(_tiling.Times(_sums, _plan.TakesRows ? 0 : _floats, target), MostValues / Math.Max(1, _tiling.Blocks * values)));
    }

    /// <summary>Whether everything is read before any state is written.</summary>
    public bool IsOneTile => _tiling.AllBlocks <= _tiling.Blocks || IsOverlapped;

    /// <summary>What the loop writes.</summary>
    public List<StorePlan> Stores { get; }

    /// <summary>How it reads its packed weights.</summary>
    public PanelPlan PanelPlan => new(_tiling, _panels, [.. _panels.Loops.Select(loop => TermsOf(loop.Vector))], _plan.Weights);

    private OpGraph Graph => _plan.Graph;

    /// <summary>
    /// Whether the tiles are few, and each has products among which the element-wise part of another can stand. Training keeps too many values for such a kernel to remain one method.
    /// </summary>
    private bool IsOverlapped => _plan.Pass is Pass.Forward or Pass.Step && _times == 1 && !_plan.TakesRows && !_plan.IsShared && _plan.Weights == WeightFormat.Float32
        && _sums > 0 && _tiling.AllBlocks > _tiling.Blocks && !_plan.Turns(_nest)
        && _tiling.FullTiles + (_tiling.TailRows > 0 ? 1 : 0) <= MostOverlapped && _tiling.AllBlocks * (_sums + _nest.Values.Count) <= MostValues;

    /// <summary>The statements of the loop.</summary>
    public IEnumerable<Statement> Lower()
    {
        if (Describe() is string text)
        {
            yield return new Comment(text);
        }

        foreach (int value in _nest.Values.Where(v => Graph.Ops[v].Kind == OpKind.Row))
        {
            Place index = _plan.Places[Graph.Ops[value].B];
            yield return new DeclareIndex(RowIndex(value), new Address(index.Pointer, index.Offset));
        }

        string? turning = _plan.TurnOf(_nest);
        Address? weights = PanelPlan.Size > 0 && turning is null ? _weights : null;
        if (weights is not null && !_plan.IsShared)
        {
            yield return new DeclarePointer(Panels, weights);
        }

        foreach (int vector in _panels.Loops.Where(loop => _plan.Weights.IsWhole && loop.Packed.Count > 0).Select(loop => loop.Vector).Distinct())
        {
            for (int time = 0; time < _times; time++)
            {
                Address At(Place place) => new(place.Pointer, place.Offset + (time * _plan.StrideOf(place.Pointer)));

                // Threads that share the loop write the same numbers to the same place, each before it reads them.
                Expression scale = WholeVector.Of(TermsOf(vector), At(_plan.Places[vector]), At(_plan.WholeVectors[vector]));
                yield return new Declare(WholeProducts.ScaleName(_plan, vector, time), scale);
            }
        }

        TileBody tile = turning is null ? Tile : (row, blocks, firstRow, partialRows) => Weights(row, firstRow).Concat(Tile(row, blocks, firstRow, partialRows));
        IEnumerable<Statement> tiles = IsOverlapped ? Overlapped()
            : _plan.IsShared ? TileLoop.Shared(_tiling, tile, Panels, weights, PanelPlan.FloatsOfRow, turning)
            : TileLoop.Over(_tiling, tile, turning);
        foreach (Statement statement in tiles)
        {
            yield return statement;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the packed weights of a tile begin.</summary>
    public IEnumerable<Statement> Weights(IndexTerm[] row, int firstRow)
    {
        // Of full tiles, every row has as many floats.
        int ofRow = _tiling.AllBlocks == 0 ? 0 : PanelPlan.Size / (_tiling.AllBlocks * _tiling.Lanes);
        return _weights is null || PanelPlan.Size == 0 ? []
            : [new DeclarePointer(Panels, Address.At(_weights.Pointer, _weights.Offset + (firstRow * ofRow), [.. row.Select(term => new IndexTerm(term.Index, Text(ofRow)))]))];
    }

    /// <summary>The products, for people.</summary>
    public string? Describe()
    {
        if (_nest.Sums.Count == 0)
        {
            return null;
        }

        IEnumerable<string> products = _panels.Loops.Select(loop =>
        {
            IEnumerable<string> matrices = loop.Products.Select(p => NameOf(Graph.Ops[p.Product].A) + (Graph.Ops[p.Product].Kind == OpKind.TransposedProduct ? "ᵀ" : ""));
            string all = string.Join(", ", matrices);
            return $"{(loop.Products.Count > 1 ? $"({all})" : all)} {_plan.Names[loop.Vector]}";
        });
        return "products " + string.Join(" + ", products);
    }

    private string NameOf(int value) => Graph.Ops[value].Kind == OpKind.Parameter
        ? _plan.Cell.Parameters[Graph.Ops[value].A].Name
        : Graph.Names[value];

    /// <summary>The statements of a tile.</summary>
    public IEnumerable<Statement> Tile(IndexTerm[] row, int blocks, int firstRow, int partialRows) => Tile(row, blocks, firstRow, partialRows, TilePart.All);

    /// <summary>The statements of a tile, or of a part of it.</summary>
    public IEnumerable<Statement> Tile(IndexTerm[] row, int blocks, int firstRow, int partialRows, TilePart tilePart)
    {
        List<Statement> body = [];
        BlockLowering[][] moments = Moments(row, blocks, firstRow, partialRows, firstBlock: 0);
        BlockLowering[] parts = [.. moments.SelectMany(moment => moment)];
        int offset = PlaceVectors(moments);
        if (tilePart == TilePart.Elements)
        {
            body.AddRange(_nest.Sums.SelectMany((sum, number) => parts.Select((part, block) => new Declare(part.SumName(sum, 0), new Load(SumAt(number, block, 0))))));
            body.AddRange(_panels.Vectors.Where(_panels.IsReadByRow).SelectMany(vector => parts.Select(part => part.DeclareVector(vector))));
            body.AddRange(Elements(parts));
            return body;
        }

        body.AddRange(Start(parts, offset, tilePart));
        body.AddRange(Products(moments, row));
        body.AddRange(_nest.Sums.SelectMany(sum => parts.SelectMany(part => Combine(sum, part))));
        body.AddRange(tilePart == TilePart.All ? Elements(parts)
            : _nest.Sums.SelectMany((sum, number) => moments.SelectMany((moment, time) => moment.Select((part, block) =>
                new Store(SumAt(number, block, time), new Local(part.SumName(sum, 0)))))));
        return body;
    }

    /// <summary>All tiles, each with the element-wise part of the one before among its products. States are written when all have been read.</summary>
    private IEnumerable<Statement> Overlapped()
    {
        List<Statement> body = [];
        List<Statement> states = [];
        Statement[] before = [];
        for (int firstRow = 0; firstRow < _tiling.Rows; firstRow += _tiling.TileRows)
        {
            bool isFull = firstRow + _tiling.TileRows <= _tiling.Rows;
            BlockLowering[][] moments = Moments(
                [], isFull ? _tiling.Blocks : _tiling.TailBlocks, firstRow, isFull ? 0 : _tiling.PartialRows, firstBlock: firstRow / _tiling.Lanes);
            BlockLowering[] parts = moments[0];
            body.AddRange(Start(parts, PlaceVectors(moments), TilePart.All));
            body.AddRange(Overlap.Spread([.. Products(moments, [])], before));
            body.AddRange(_nest.Sums.SelectMany(sum => parts.SelectMany(part => Combine(sum, part))));
            ILookup<bool, Statement> elements = Elements(parts).ToLookup(IsOfState);
            before = [.. elements[false]];
            states.AddRange(elements[true]);
        }

        // Names of its own, as tiles have.
        yield return new Scope(body.Concat(before).Concat(states).ToEquatableArray());
    }

    private bool IsOfState(Statement statement) =>
        statement is Store store && _plan.Pointers.Exists(p => p.Name == store.Address.Pointer && p.Role == PointerRole.State);

    /// <summary>The blocks of a tile, for each of the time steps that are taken at once.</summary>
    private BlockLowering[][] Moments(IndexTerm[] row, int blocks, int firstRow, int partialRows, int firstBlock) =>
        [.. Enumerable.Range(0, _times).Select(time => Enumerable.Range(0, blocks)
            .Select(block => new BlockLowering(
                _plan, _nest, Stores, _layout, row, firstRow + (block * _tiling.Lanes), firstBlock + (time * blocks) + block, block == blocks - 1 ? partialRows : 0, time))
            .ToArray())];

    /// <summary>Tells the blocks of a tile where its packed vectors lie.</summary>
    /// <returns>How many floats these have.</returns>
    private int PlaceVectors(BlockLowering[][] moments)
    {
        int offset = 0;
        foreach (int vector in _panels.Vectors)
        {
            for (int block = 0; block < moments[0].Length; block++)
            {
                foreach (BlockLowering[] moment in moments)
                {
                    moment[block].AddressOf[vector] = new Address(Panels, offset);
                }

                offset += _tiling.Lanes;
            }
        }

        return offset;
    }

    /// <summary>What stands in front of a tile's products.</summary>
    private IEnumerable<Statement> Start(BlockLowering[] parts, int offset, TilePart tilePart)
    {
        foreach (Sum sum in _nest.Sums)
        {
            foreach (BlockLowering part in parts)
            {
                Expression initial = sum.Initial < 0 ? new Number(0f)
                    : part.AddressOf.TryGetValue(sum.Initial, out Address packed) ? new Load(packed)
                    : part.Read(sum.Initial);
                yield return new Declare(part.SumName(sum, 0), initial);
                for (int partial = 1; partial < PartialSumsOf(sum); partial++)
                {
                    yield return new Declare(part.SumName(sum, partial), new Number(0f));
                }
            }
        }

        // Vectors that the element-wise part reads are taken up before the pointer moves on.
        foreach (int vector in _panels.Vectors.Where(vector => tilePart == TilePart.All && _panels.IsReadByRow(vector)))
        {
            foreach (BlockLowering part in parts)
            {
                yield return part.DeclareVector(vector);
            }
        }

        if (offset > 0)
        {
            yield return new Advance(Panels, Text(offset));
        }
    }

    /// <summary>The products of a tile.</summary>
    private IEnumerable<Statement> Products(BlockLowering[][] moments, IndexTerm[] row)
    {
        FloatProducts products = FloatsOf(moments, row);
        for (int first = 0; first < _panels.Loops.Count;)
        {
            int end = first + 1;
            while (end < _panels.Loops.Count && products.IsContinued(_panels.Loops[end - 1], _panels.Loops[end]))
            {
                end++;
            }

            foreach (Statement statement in Products(_panels.Loops[first], end - first, moments, row))
            {
                yield return statement;
            }

            first = end;
        }
    }

    /// <summary>Where the products of a tile leave a sum for its element-wise part.</summary>
    private Address SumAt(int sum, int block, int time)
    {
        Place sums = _plan.TileSums!;
        return new Address(sums.Pointer, sums.Offset + (((sum * _tiling.Blocks) + block) * _tiling.Lanes) + (time * _plan.StrideOf(sums.Pointer)));
    }

    /// <summary>The element-wise part of several blocks.</summary>
    private static IEnumerable<Statement> Elements(BlockLowering[] parts) => InTurns([.. parts.Select(part => part.Lower().ToArray())]);

    /// <summary>
    /// The statements of several blocks, one of each in turns: they do not wait for each other, and a processor looks for work that need not wait in
    /// what comes next.
    /// </summary>
    private static IEnumerable<Statement> InTurns(Statement[][] blocks) =>
        Enumerable.Range(0, blocks.Max(block => block.Length)).SelectMany(line => blocks.Where(block => line < block.Length).Select(block => block[line]));

    private int TermsOf(int vector) => Graph.Ops[vector].Shape.Length;

    private int PartialSumsOf(int product) => Arithmetic.PartialSumsOf(TermsOf(Graph.Ops[product].B), _partialSums);

    private int PartialSumsOf(Sum sum) => sum.Products.Max(PartialSumsOf);

    /// <summary>The partial sums of one row are added in pairs: (0 + 1) + (2 + 3).</summary>
    private IEnumerable<Statement> Combine(Sum sum, BlockLowering part)
    {
        int count = PartialSumsOf(sum);
        for (int distance = 1; distance < count; distance *= 2)
        {
            for (int left = 0; left + distance < count; left += 2 * distance)
            {
                string name = part.SumName(sum, left);
                yield return new Assign(name, new Apply(Primitive.Add, new Local(name), new Local(part.SumName(sum, left + distance))));
            }
        }
    }

    /// <param name="loop">The first of some loops that go on where another ends.</param>
    /// <param name="loops">How many there are.</param>
    /// <param name="moments">The blocks of the tile.</param>
    /// <param name="row">The index of the tile.</param>
    private IEnumerable<Statement> Products(ProductLoop loop, int loops, BlockLowering[][] moments, IndexTerm[] row)
    {
        if (_plan.Weights != WeightFormat.Float32 && loop.Packed.Count > 0)
        {
            return Narrow(loop, moments).Concat(loop.Packed.Count == loop.Products.Count ? [] : FloatsOf(moments, row).Lower(loop.NotPacked, loops: 1, NameOf(loop)));
        }

        return FloatsOf(moments, row).Lower(loop, loops, NameOf(loop));
    }

    /// <summary>Products whose weights are packed in fewer bytes than floats have.</summary>
    private IEnumerable<Statement> Narrow(ProductLoop loop, BlockLowering[][] moments)
    {
        int terms = TermsOf(loop.Vector);
        int perTerm = loop.Packed.Count * moments.Length * moments[0].Length;
        int unroll = Math.Min(MostUnrolled, MultiplyAddsOfAnIteration / perTerm);
        if (_plan.Weights.IsWhole)
        {
            int words = Math.Max(1, Math.Min(MostUnrolled, WordsOfAnIteration / perTerm));
            return new WholeProducts(_plan, loop.OnlyPacked, moments, terms, NameOf(loop)).Lower(Panels, Term, _tiling.Lanes, words);
        }

        return new NarrowProducts(_plan, loop.OnlyPacked, moments, terms, Arithmetic.PartialSumsOf(terms, _partialSums), NameOf(loop))
            .Lower(Panels, Term, _tiling.Lanes, Math.Max(1, unroll));
    }

    private FloatProducts FloatsOf(BlockLowering[][] moments, IndexTerm[] row) =>
        new(_plan, _panels, _layout, moments, row, _tiling, _partialSums);

    /// <summary>What the locals of a loop's vector are named after.</summary>
    private string NameOf(ProductLoop loop)
    {
        int earlier = _panels.Loops.TakeWhile(l => l != loop).Count(l => l.Vector == loop.Vector);
        return _plan.Names[loop.Vector] + (earlier == 0 ? "" : "_again" + Text(earlier));
    }

    internal static string RowIndex(int value) => "row" + Text(value);
}
