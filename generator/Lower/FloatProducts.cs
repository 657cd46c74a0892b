using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>Writes products whose weights are floats: packed ones, and transposed ones, which are read as they are.</summary>
/// <param name="family">What the tile has in common with others.</param>
/// <param name="moments">The blocks of the tile, for each of the rows that are taken at once.</param>
/// <param name="row">The index of the tile.</param>
public sealed class FloatProducts(TileFamily family, BlockLowering[][] moments, IndexTerm[] row)
{
    private PassPlan Plan => family.Plan;

    private OpGraph Graph => family.Plan.Graph;

    /// <summary>
    /// Whether a loop goes on where another ends: rows of transposed matrices that are stacked in one tensor, times vectors that lie one behind another, are
    /// added to the same sums. One loop over all terms adds them in the same order.
    /// </summary>
    public bool IsContinued(ProductLoop loop, ProductLoop next)
    {
        int terms = TermsOf(loop.Vector);
        return loop.Packed.Count + next.Packed.Count == 0
            && loop.Products.Count == next.Products.Count
            && Plan.Places[loop.Vector].IsBefore(Plan.Places[next.Vector])
            && terms == TermsOf(next.Vector)
            && terms % PartialSumsOf(loop) == 0
            && loop.Products.Zip(next.Products, (a, b) => a.Sum == b.Sum && MatrixOf(a.Product).IsBefore(MatrixOf(b.Product))).All(isBehind => isBehind);
    }

    private Place MatrixOf(int product) => family.Layout[Graph.Ops[Graph.Ops[product].A].A];

    /// <summary>The statements of a loop.</summary>
    /// <param name="loop">The first of some loops that go on where another ends.</param>
    /// <param name="loops">How many there are.</param>
    /// <param name="name">What the locals of its vector are named after.</param>
    public IEnumerable<Statement> Lower(ProductLoop loop, int loops, string name)
    {
        int terms = loops * TermsOf(loop.Vector);
        int partials = PartialSumsOf(loop);
        int perTerm = loop.Products.Count * moments.Length * moments[0].Length;
        int unroll = Math.Max(1, Math.Min(NestLowering.MostUnrolled, NestLowering.MultiplyAddsOfAnIteration / perTerm));
        unroll = family.ReadsFour ? Math.Max(unroll, Splats.Four) : unroll;
        unroll = Math.Min(terms, (unroll + partials - 1) / partials * partials);
        int inLoop = terms - (terms % unroll);

        if (inLoop > unroll)
        {
            yield return new Loop(NestLowering.Term, "0", Text(inLoop), unroll, Terms(loop, name, 0, unroll, hasIndex: true).ToEquatableArray());
        }
        else
        {
            inLoop = 0;
        }

        if (inLoop < terms)
        {
            foreach (Statement statement in Terms(loop, name, inLoop, terms - inLoop, hasIndex: false))
            {
                yield return statement;
            }
        }
    }

    private IEnumerable<Statement> Terms(ProductLoop loop, string name, int first, int count, bool hasIndex)
    {
        IndexTerm[] term = hasIndex ? [new IndexTerm(NestLowering.Term)] : [];
        int partials = PartialSumsOf(loop);
        Splats splats = family.Splats(name, loop.Vector, moments);
        int offset = 0;
        for (int k = first; k < first + count; k++)
        {
            foreach (Statement statement in splats.Of(k, first, count, term))
            {
                yield return statement;
            }

            int number = family.Panels.Loops.TakeWhile(l => l != loop).Sum(l => l.Products.Count);
            foreach ((Sum sum, int product) in loop.Products)
            {
                Op op = Graph.Ops[product];
                string suffix = "_" + Text(number++);
                for (int block = 0; block < moments[0].Length; block++)
                {
                    BlockLowering part = moments[0][block];
                    Load weights;
                    if (op.Kind == OpKind.Product)
                    {
                        weights = new Load(new Address(NestLowering.Panels, offset));
                        offset += family.Tiling.Lanes;
                    }
                    else
                    {
                        Place matrix = family.Layout[Graph.Ops[op.A].A];
                        int start = matrix.Offset + (k * family.Tiling.Rows) + part.FirstRow;
                        IndexTerm[] at = hasIndex ? [new IndexTerm(NestLowering.Term, Text(family.Tiling.Rows)), .. row] : row;
                        weights = new Load(Address.At(matrix.Pointer, start, at), part.PartialRows);
                    }

                    Expression factor = weights;
                    if (moments.Length > 1)
                    {
                        string local = $"{Plan.Names[op.A]}_k{Text(k)}_{Text(block)}{suffix}";
                        yield return new Declare(local, weights);
                        factor = new Local(local);
                    }

                    for (int time = 0; time < moments.Length; time++)
                    {
                        string target = moments[time][block].SumName(sum, k % partials);
                        yield return new Assign(target, new Apply(Primitive.MultiplyAdd, factor, new Local(splats.NameOf(k, time)), new Local(target)));
                    }
                }
            }
        }

        if (offset > 0)
        {
            yield return new Advance(NestLowering.Panels, Text(offset));
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private int TermsOf(int vector) => Graph.Ops[vector].Shape.Length;

    private int PartialSumsOf(ProductLoop loop) => Arithmetic.PartialSumsOf(TermsOf(loop.Vector), family.PartialSums);
}
