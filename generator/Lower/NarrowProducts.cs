using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// The multiply-adds of a product loop whose weights lie in words of several terms: a word is loaded once, widened to one vector of floats for each of its
/// terms, and these are multiplied and added in the order of the terms, as floats would be.
/// </summary>
/// <param name="family">What the tile has in common with others.</param>
/// <param name="loop">The products; all are packed.</param>
/// <param name="moments">The blocks of the tile, for each time step that is taken at once.</param>
/// <param name="terms">Terms of each product.</param>
/// <param name="name">What the locals of the vector are named after.</param>
public sealed class NarrowProducts(TileFamily family, ProductLoop loop, BlockLowering[][] moments, int terms, string name)
{
    private readonly WeightFormat _format = family.Plan.Weights;
    private readonly Splats _splats = family.Splats(name, loop.Vector, moments);
    private readonly int _partials = Arithmetic.PartialSumsOf(terms, family.PartialSums);

    /// <summary>The statements: a loop over as many terms at a time, and then those that are left.</summary>
    /// <param name="panels">The pointer to the packed weights.</param>
    /// <param name="term">The index of the loop.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="unroll">Terms that an iteration should have at least.</param>
    public IEnumerable<Statement> Lower(string panels, string term, int lanes, int unroll)
    {
        // An iteration begins with a word and with the first partial sum.
        int unit = _partials;
        while (unit % _format.TermsOfWord != 0)
        {
            unit += _partials;
        }

        unroll = (unroll + unit - 1) / unit * unit;
        int inLoop = terms - (terms % unroll);
        if (inLoop > unroll)
        {
            yield return new Loop(term, "0", Text(inLoop), unroll, Terms(panels, [new IndexTerm(term)], lanes, 0, unroll).ToEquatableArray());
        }
        else
        {
            inLoop = 0;
        }

        foreach (Statement statement in Terms(panels, [], lanes, inLoop, terms - inLoop))
        {
            yield return statement;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<Statement> Terms(string panels, IndexTerm[] index, int lanes, int first, int count)
    {
        int offset = 0;
        for (int k = first; k < first + count; k += _format.TermsOfWord)
        {
            int inWord = Math.Min(_format.TermsOfWord, first + count - k);
            for (int i = 0; i < inWord; i++)
            {
                foreach (Statement statement in _splats.Of(k + i, first, count, index))
                {
                    yield return statement;
                }
            }

            for (int product = 0; product < loop.Products.Count; product++)
            {
                (Sum sum, int value) = loop.Products[product];
                for (int block = 0; block < moments[0].Length; block++)
                {
                    string words = $"{family.Plan.Names[family.Plan.Graph.Ops[value].A]}_{name}{Text(k)}_{Text(block)}_{Text(product)}";
                    yield return new DeclareWords(words, new LoadWords(new Address(panels, offset)));
                    offset += lanes;
                    for (int i = 0; i < inWord; i++)
                    {
                        Expression weights = new Apply(_format.Widen[i], new Local(words));
                        if (moments.Length > 1)
                        {
                            string wide = $"{words}_{Text(i)}";
                            yield return new Declare(wide, weights);
                            weights = new Local(wide);
                        }

                        for (int time = 0; time < moments.Length; time++)
                        {
                            string target = moments[time][block].SumName(sum, (k + i) % _partials);
                            yield return new Assign(target, new Apply(Primitive.MultiplyAdd, weights, new Local(_splats.NameOf(k + i, time)), new Local(target)));
                        }
                    }
                }
            }
        }

        if (offset > 0)
        {
            yield return new Advance(panels, Text(offset));
        }
    }
}
