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

    /// <summary>Tiles at most that stand one behind another, each with the element-wise part of the one before among its products, instead of in a loop.</summary>
    private const int MostInLine = 4;

    /// <summary>Values of a tile at most, where several time steps are taken at once: a method has them for the full tiles and for what is behind these, and may have 256 locals.</summary>
    private const int MostValues = 120;

    private readonly Target _target;
    private readonly PassPlan _plan;
    private readonly Nest _nest;
    private readonly NestLayout _panels;
    private readonly Tiling _tiling;
    private readonly TileFamily _family;
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
        _target = target;
        _weights = weights;
        _times = times;
        _plan = plan;
        _nest = nest;
        _panels = NestLayout.Of(plan, nest);
        Stores = [.. nest.Stores];
        int partialSums = plan.Weights.IsWhole ? 1 : Arithmetic.PartialSums(nest.Width, nest.Sums.Count);
        _sums = nest.Sums.Count * partialSums * plan.Weights.SumsOfSum;
        _floats = plan.WeightsOf(nest);
        _tiling = Tiling.For(nest.Width, _sums, _floats, plan.Weights.TermsOfWord, target);
        _family = new TileFamily(plan, nest, layout, _panels, Stores, _tiling, partialSums, times);
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
    public bool IsOneTile => _tiling.AllBlocks <= _tiling.Blocks || IsInLine;

    /// <summary>What the loop writes.</summary>
    public List<StorePlan> Stores { get; }

    /// <summary>How it reads its packed weights.</summary>
    public PanelPlan PanelPlan => new(_tiling, _panels, [.. _panels.Loops.Select(loop => TermsOf(loop.Vector))], _plan.Weights);

    private OpGraph Graph => _plan.Graph;

    /// <summary>
    /// Whether a tile's element-wise part stands among the products of the next one, which are of floats: of others the instructions are what takes the time. Training keeps too many values
    /// for such a kernel to remain one method.
    /// </summary>
    private bool IsPipelined => _plan.Pass is Pass.Forward or Pass.Step && _times == 1 && !_plan.TakesRows && !_plan.IsShared && _plan.Weights == WeightFormat.Float32
        && _sums > 0;

    /// <summary>Whether the tiles are few, and each has products among which the element-wise part of another can stand.</summary>
    private bool IsInLine => IsPipelined && _tiling.AllBlocks > _tiling.Blocks && !_plan.Turns(_nest)
        && _tiling.FullTiles + (_tiling.TailRows > 0 ? 1 : 0) <= MostInLine && _tiling.AllBlocks * (_sums + _nest.Values.Count) <= MostValues;

    /// <summary>
    /// Whether the tiles are many, and products wait for weights that are far. A tile's names stand in the loop, and again behind it.
    /// </summary>
    private bool IsInLoop => IsPipelined && !IsInLine && _plan.Turns(_nest)
        && _nest.Values.Count > 0 && _tiling.FullTiles > 1 && 2 * _tiling.Blocks * (_sums + _nest.Values.Count) <= MostValues;

    /// <summary>
    /// Whether products go before the element-wise part, which reads their sums from memory: those of a tile for all rows, or those of all tiles where weights are whole. Of whole numbers, sums and
    /// what is multiplied take all registers of some instruction sets, and products are done so fast that the end of each tile would be a wait.
    /// </summary>
    public bool IsCut => _sums > 0 && _nest.Values.Count > 0
        && (_plan.TakesRows || (_plan.Weights.IsWhole && !_plan.IsShared && _panels.Loops.Any(loop => loop.Packed.Count > 0) && _tiling.FullTiles > 1));

    /// <summary>Floats that its sums take in memory between the two: those of one tile where its element-wise part comes next, or else of all rows.</summary>
    public int CutFloats => !IsCut ? 0 : _nest.Sums.Count * (_plan.TakesRows ? _tiling.TileRows : TileLowering.SumsOfRows(_nest.Width));

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
        if (weights is not null && !_plan.IsShared && !IsCut)
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
        TilePipeline pipeline = new(_family, WeightsAt, _target.HasManyRegisters);
        IEnumerable<Statement> tiles = IsInLine ? [pipeline.InLine(IsOfState)]
            : IsInLoop ? [pipeline.InLoop(turning!)]
            : IsCut ? Cut(turning)
            : _plan.IsShared ? TileLoop.Shared(_tiling, tile, Panels, weights, PanelPlan.FloatsOfRow, turning)
            : TileLoop.Over(_tiling, tile, turning);
        foreach (Statement statement in tiles)
        {
            yield return statement;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<Statement> Cut(string? turning)
    {
        bool readsPanels = _panels.Vectors.Any(_panels.IsReadByRow);
        IEnumerable<Statement> Part(TilePart part, IndexTerm[] row, int blocks, int firstRow, int partialRows) =>
            (part == TilePart.Products || readsPanels ? Weights(row, firstRow) : []).Concat(Tile(row, blocks, firstRow, partialRows, part));
        TileBody Body(TilePart part) => (row, blocks, firstRow, partialRows) => Part(part, row, blocks, firstRow, partialRows);
        return TileLoop.Over(_tiling, Body(TilePart.Elements)).Prepend(new Apart(TileLoop.Over(_tiling, Body(TilePart.Products), turning).ToEquatableArray()));
    }

    /// <summary>A pointer to the packed weights of a tile.</summary>
    public IEnumerable<Statement> Weights(IndexTerm[] row, int firstRow) => WeightsAt(row, firstRow) is Address address ? [new DeclarePointer(Panels, address)] : [];

    private Address? WeightsAt(IndexTerm[] row, int firstRow)
    {
        // Of full tiles, every row has as many floats.
        int ofRow = _tiling.AllBlocks == 0 ? 0 : PanelPlan.Size / (_tiling.AllBlocks * _tiling.Lanes);
        return _weights is null || PanelPlan.Size == 0 ? null
            : Address.At(_weights.Pointer, _weights.Offset + (firstRow * ofRow), [.. row.Select(term => new IndexTerm(term.Index, Text(ofRow)))]);
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
    public IEnumerable<Statement> Tile(IndexTerm[] row, int blocks, int firstRow, int partialRows, TilePart part) =>
        new TileLowering(_family, row, blocks, firstRow, partialRows).Lower(part);

    private int TermsOf(int vector) => Graph.Ops[vector].Shape.Length;

    private bool IsOfState(Statement statement) =>
        statement is Store store && _plan.Pointers.Exists(p => p.Name == store.Address.Pointer && p.Role == PointerRole.State);

    internal static string RowIndex(int value) => "row" + Text(value);
}
