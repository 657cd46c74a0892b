using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>Writes products whose weights are floats: packed ones, and transposed ones, which are read as they are.</summary>
/// <param name="plan">The pass.</param>
/// <param name="panels">The order of the loop's weights.</param>
/// <param name="layout">Where the parameters lie.</param>
/// <param name="moments">The blocks of the tile, for each of the rows that are taken at once.</param>
/// <param name="row">The index of the tile.</param>
/// <param name="tiling">The tiles of the loop.</param>
/// <param name="partialSums">Partial sums of each product.</param>
public sealed class FloatProducts(
    PassPlan plan, NestLayout panels, ParameterLayout layout, BlockLowering[][] moments, IndexTerm[] row, Tiling tiling, int partialSums)
{
    private OpGraph Graph => plan.Graph;

    /// <summary>
    /// Whether a loop goes on where another ends: rows of transposed matrices that are stacked in one tensor, times vectors that lie one behind another, are
    /// added to the same sums. One loop over all terms adds them in the same order.
    /// </summary>
    public bool IsContinued(ProductLoop loop, ProductLoop next)
    {
        int terms = TermsOf(loop.Vector);
        return loop.Packed.Count + next.Packed.Count == 0
            && loop.Products.Count == next.Products.Count
            && plan.Places[loop.Vector].IsBefore(plan.Places[next.Vector])
            && terms == TermsOf(next.Vector)
            && terms % Arithmetic.PartialSumsOf(terms, partialSums) == 0
            && loop.Products.Zip(next.Products, (a, b) => a.Sum == b.Sum && MatrixOf(a.Product).IsBefore(MatrixOf(b.Product))).All(isBehind => isBehind);
    }

    private Place MatrixOf(int product) => layout[Graph.Ops[Graph.Ops[product].A].A];

    /// <summary>The statements of a loop.</summary>
    /// <param name="loop">The first of some loops that go on where another ends.</param>
    /// <param name="loops">How many there are.</param>
    /// <param name="name">What the locals of its vector are named after.</param>
    public IEnumerable<Statement> Lower(ProductLoop loop, int loops, string name)
    {
        int terms = loops * TermsOf(loop.Vector);
        int partials = Arithmetic.PartialSumsOf(TermsOf(loop.Vector), partialSums);
        int perTerm = loop.Products.Count * moments.Length * moments[0].Length;
        int unroll = Math.Max(1, Math.Min(NestLowering.MostUnrolled, NestLowering.MultiplyAddsOfAnIteration / perTerm));
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
        Place vector = plan.Places[loop.Vector];
        IndexTerm[] term = hasIndex ? [new IndexTerm(NestLowering.Term)] : [];
        int partials = Arithmetic.PartialSumsOf(TermsOf(loop.Vector), partialSums);
        int offset = 0;
        for (int k = first; k < first + count; k++)
        {
            string[] splats = [.. Enumerable.Range(0, moments.Length).Select(time => name + "_k" + Text(k) + (time == 0 ? "" : "_" + Text(time)))];
            for (int time = 0; time < moments.Length; time++)
            {
                yield return new Declare(splats[time], new Splat(Address.At(vector.Pointer, moments[time][0].Start(vector) + k, term)));
            }

            int number = panels.Loops.TakeWhile(l => l != loop).Sum(l => l.Products.Count);
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
                        offset += tiling.Lanes;
                    }
                    else
                    {
                        Place matrix = layout[Graph.Ops[op.A].A];
                        int start = matrix.Offset + (k * tiling.Rows) + part.FirstRow;
                        IndexTerm[] at = hasIndex ? [new IndexTerm(NestLowering.Term, Text(tiling.Rows)), .. row] : row;
                        weights = new Load(Address.At(matrix.Pointer, start, at), part.PartialRows);
                    }

                    Expression factor = weights;
                    if (moments.Length > 1)
                    {
                        string local = $"{plan.Names[op.A]}_k{Text(k)}_{Text(block)}{suffix}";
                        yield return new Declare(local, weights);
                        factor = new Local(local);
                    }

                    for (int time = 0; time < moments.Length; time++)
                    {
                        string target = moments[time][block].SumName(sum, k % partials);
                        yield return new Assign(target, new Apply(Primitive.MultiplyAdd, factor, new Local(splats[time]), new Local(target)));
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
}
