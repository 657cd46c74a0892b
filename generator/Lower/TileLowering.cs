using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>What the tiles of a loop over rows have in common.</summary>
/// <param name="Plan">The pass.</param>
/// <param name="Nest">The loop.</param>
/// <param name="Layout">Where the parameters lie.</param>
/// <param name="Panels">The order of the loop's weights.</param>
/// <param name="Stores">What the loop writes.</param>
/// <param name="Tiling">The tiles.</param>
/// <param name="PartialSums">Into how many partial sums each product is split.</param>
/// <param name="Times">Time steps that are taken at once.</param>
public sealed record TileFamily(
    PassPlan Plan, Nest Nest, ParameterLayout Layout, NestLayout Panels, IReadOnlyList<StorePlan> Stores, Tiling Tiling, int PartialSums, int Times)
{
    /// <summary>Whether terms of a product's vector are read four at once.</summary>
    public bool ReadsFour => Times == 1 && Tiling.Lanes >= Lower.Splats.Four && Tiling.IsFar(Plan.WeightsOf(Nest));

    /// <summary>The terms of a vector, for the rows that are taken at once.</summary>
    public Splats Splats(string name, int vector, BlockLowering[][] moments)
    {
        Place place = Plan.Places[vector];
        return new Splats(name, [.. moments.Select(blocks => new Address(place.Pointer, blocks[0].Start(place)))], ReadsFour);
    }
}

/// <summary>Turns one tile into statements: what stands in front of its products, these, and then each block's element-wise part.</summary>
public sealed class TileLowering
{
    private const int WordsOfAnIteration = 16;

    private readonly TileFamily _family;
    private readonly IndexTerm[] _row;
    private readonly BlockLowering[][] _moments;
    private readonly BlockLowering[] _parts;
    private readonly int _vectorFloats;
    private bool _keeps;

    /// <param name="family">What it has in common with other tiles.</param>
    /// <param name="row">The index of the tile.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="firstRow">Rows in front of it, beside the index.</param>
    /// <param name="partialRows">Rows of the last block if it is not full, else 0.</param>
    /// <param name="firstBlock">The number of its first block, which its locals are named after.</param>
    public TileLowering(TileFamily family, IndexTerm[] row, int blocks, int firstRow, int partialRows, int firstBlock = 0)
    {
        _family = family;
        _row = row;
        _moments = [.. Enumerable.Range(0, family.Times).Select(time => Enumerable.Range(0, blocks)
            .Select(block => new BlockLowering(
                family.Plan, family.Nest, family.Stores, family.Layout, row, firstRow + (block * family.Tiling.Lanes), firstBlock + (time * blocks) + block,
                block == blocks - 1 ? partialRows : 0, time))
            .ToArray())];
        _parts = [.. _moments.SelectMany(moment => moment)];
        foreach (int vector in Panels.Vectors)
        {
            for (int block = 0; block < blocks; block++)
            {
                foreach (BlockLowering[] moment in _moments)
                {
                    moment[block].AddressOf[vector] = new Address(NestLowering.Panels, _vectorFloats);
                }

                _vectorFloats += family.Tiling.Lanes;
            }
        }
    }

    /// <summary>The locals that the element-wise part reads: the sums, unless they lie in memory, and packed vectors.</summary>
    public IEnumerable<string> Carried => (_keeps ? [] : Sums)
        .SelectMany(sum => _parts.Select(part => part.SumName(sum, 0))).Concat(VectorsOfRows.SelectMany(vector => _parts.Select(part => part.VectorName(vector))));

    private PassPlan Plan => _family.Plan;

    private OpGraph Graph => _family.Plan.Graph;

    private NestLayout Panels => _family.Panels;

    private List<Sum> Sums => _family.Nest.Sums;

    /// <summary>Packed vectors that the element-wise part reads.</summary>
    private IEnumerable<int> VectorsOfRows => Panels.Vectors.Where(Panels.IsReadByRow);

    /// <summary>Floats that hold a sum of all rows, up to a full vector.</summary>
    public static int SumsOfRows(int rows) => (rows + Arithmetic.NominalLanes - 1) / Arithmetic.NominalLanes * Arithmetic.NominalLanes;

    /// <summary>The statements of a part of the tile.</summary>
    public IEnumerable<Statement> Lower(TilePart part) => part switch
    {
        TilePart.All => [.. Start(), .. Products(), .. Combine(), .. Elements()],
        TilePart.Products => [.. StartSums(), .. Skip(), .. Products(), .. Combine(), .. Stored()],
        _ => [.. Loaded(), .. TakenUp(), .. Elements()],
    };

    /// <summary>What stands in front of the products. Vectors that the element-wise part reads are taken up before the pointer moves on.</summary>
    public IEnumerable<Statement> Start() => [.. StartSums(), .. TakenUp(), .. Skip()];

    /// <summary>The products.</summary>
    public IEnumerable<Statement> Products()
    {
        FloatProducts floats = new(_family, _moments, _row);
        for (int first = 0; first < Panels.Loops.Count;)
        {
            int end = first + 1;
            while (end < Panels.Loops.Count && floats.IsContinued(Panels.Loops[end - 1], Panels.Loops[end]))
            {
                end++;
            }

            ProductLoop loop = Panels.Loops[first];
            IEnumerable<Statement> statements = Plan.Weights == WeightFormat.Float32 || loop.Packed.Count == 0 ? floats.Lower(loop, end - first, NameOf(loop))
                : Narrow(loop).Concat(loop.Packed.Count == loop.Products.Count ? [] : floats.Lower(loop.NotPacked, loops: 1, NameOf(loop)));
            foreach (Statement statement in statements)
            {
                yield return statement;
            }

            first = end;
        }
    }

    /// <summary>The partial sums of each row are added in pairs: (0 + 1) + (2 + 3).</summary>
    public IEnumerable<Statement> Combine()
    {
        foreach (Sum sum in Sums)
        {
            int count = PartialSumsOf(sum);
            foreach (BlockLowering part in _parts)
            {
                for (int distance = 1; distance < count; distance *= 2)
                {
                    for (int left = 0; left + distance < count; left += 2 * distance)
                    {
                        string name = part.SumName(sum, left);
                        yield return new Assign(name, new Apply(Primitive.Add, new Local(name), new Local(part.SumName(sum, left + distance))));
                    }
                }
            }
        }
    }

    /// <summary>Has the sums lie in memory, and what the element-wise part computes from them.</summary>
    /// <returns>What writes them.</returns>
    public IReadOnlyList<Statement> Keep(KeptVectors memory)
    {
        _keeps = true;
        return [.. Sums.SelectMany(sum => _parts.Select(part => part.Keep(sum, memory)))];
    }

    /// <summary>The element-wise part.</summary>
    public IEnumerable<Statement> Elements()
    {
        (IEnumerable<Statement> first, IEnumerable<Statement> then) = ElementsApart();
        return first.Concat(then);
    }

    /// <summary>
    /// The element-wise part, one statement of each block in turns: they do not wait for each other, and a processor looks for work that need not wait in what comes next. From the first function of
    /// another function's result on, it is apart.
    /// </summary>
    public (IEnumerable<Statement> First, IEnumerable<Statement> Then) ElementsApart()
    {
        foreach (int vector in VectorsOfRows)
        {
            foreach (BlockLowering part in _parts)
            {
                part.KeepVector(vector);
            }
        }

        Statement[][] blocks = [.. _parts.Select(part => part.Lower().ToArray())];
        int lines = blocks.Max(block => block.Length);
        int first = Math.Min(lines, _parts.Min(part => part.FirstFunctions));
        return (Lines(0, first), Lines(first, lines - first));

        IEnumerable<Statement> Lines(int start, int count) =>
            [.. Enumerable.Range(start, count).SelectMany(line => blocks.Where(block => line < block.Length).Select(block => block[line]))];
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<Statement> StartSums()
    {
        foreach (Sum sum in Sums)
        {
            foreach (BlockLowering part in _parts)
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
    }

    private IEnumerable<Statement> TakenUp() =>
        VectorsOfRows.SelectMany(vector => _parts.Select(part => new Declare(part.VectorName(vector), new Load(part.AddressOf[vector]))));

    private IEnumerable<Statement> Skip() => _vectorFloats > 0 ? [new Advance(NestLowering.Panels, Text(_vectorFloats))] : [];

    private IEnumerable<Statement> Loaded() => OfSums((name, place) => new Declare(name, new Load(place)));

    private IEnumerable<Statement> Stored() => OfSums((name, place) => new Store(place, new Local(name)));

    private IEnumerable<Statement> OfSums(Func<string, Address, Statement> statement) =>
        Sums.SelectMany((sum, number) => _moments.SelectMany((moment, time) => moment.Select((part, block) => statement(part.SumName(sum, 0), SumAt(number, block, time)))));

    /// <summary>Where the products of a tile leave a sum for its element-wise part: in memory of one tile where that comes next, or else of all rows.</summary>
    private Address SumAt(int sum, int block, int time)
    {
        Place sums = Plan.TileSums!;
        Tiling tiling = _family.Tiling;
        if (!Plan.TakesRows)
        {
            return Address.At(sums.Pointer, _moments[time][block].Start(sums) + (sum * SumsOfRows(tiling.Rows)) + _moments[time][block].FirstRow, _row);
        }

        return new Address(sums.Pointer, sums.Offset + (((sum * tiling.Blocks) + block) * tiling.Lanes) + (time * Plan.StrideOf(sums.Pointer)));
    }

    private int TermsOf(int vector) => Graph.Ops[vector].Shape.Length;

    private int PartialSumsOf(Sum sum) => sum.Products.Max(product => Arithmetic.PartialSumsOf(TermsOf(Graph.Ops[product].B), _family.PartialSums));

    /// <summary>Products whose weights are packed in fewer bytes than floats have.</summary>
    private IEnumerable<Statement> Narrow(ProductLoop loop)
    {
        int terms = TermsOf(loop.Vector);
        int perTerm = loop.Packed.Count * _parts.Length;
        int lanes = _family.Tiling.Lanes;
        if (Plan.Weights.IsWhole)
        {
            int words = Math.Max(1, Math.Min(NestLowering.MostUnrolled, WordsOfAnIteration / perTerm));
            return new WholeProducts(Plan, loop.OnlyPacked, _moments, terms, NameOf(loop)).Lower(NestLowering.Panels, NestLowering.Term, lanes, words);
        }

        int unroll = Math.Min(NestLowering.MostUnrolled, NestLowering.MultiplyAddsOfAnIteration / perTerm);
        return new NarrowProducts(_family, loop.OnlyPacked, _moments, terms, NameOf(loop))
            .Lower(NestLowering.Panels, NestLowering.Term, lanes, Math.Max(1, unroll));
    }

    /// <summary>What the locals of a loop's vector are named after.</summary>
    private string NameOf(ProductLoop loop)
    {
        int earlier = Panels.Loops.TakeWhile(l => l != loop).Count(l => l.Vector == loop.Vector);
        return Plan.Names[loop.Vector] + (earlier == 0 ? "" : "_again" + Text(earlier));
    }
}
