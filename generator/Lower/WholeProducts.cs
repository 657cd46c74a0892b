using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// The multiply-adds of a product loop whose weights are whole numbers: pairs of terms are multiplied with pairs of the whole numbers that the vector has
/// become, and added in 32 bits, which is exact; behind the last term the sum is multiplied with both scales.
/// </summary>
/// <param name="plan">The pass.</param>
/// <param name="loop">The products; all are packed.</param>
/// <param name="moments">The blocks of the tile, for each time step that is taken at once.</param>
/// <param name="terms">Terms of each product.</param>
/// <param name="name">What the locals of the vector are named after.</param>
public sealed class WholeProducts(PassPlan plan, ProductLoop loop, BlockLowering[][] moments, int terms, string name)
{
    private const int PairsOfWord = 2;
    private readonly WeightFormat _format = plan.Weights;
    private readonly Place _whole = plan.WholeVectors[loop.Vector];

    /// <summary>The scale of a vector, a local in front of the tiles.</summary>
    public static string ScaleName(PassPlan plan, int vector, int time) => plan.Names[vector] + "_scale" + (time == 0 ? "" : "_" + Text(time));

    /// <summary>The statements.</summary>
    /// <param name="panels">The pointer to the packed weights.</param>
    /// <param name="index">The index of the loop, which counts pairs of terms.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="unroll">Words that an iteration has.</param>
    public IEnumerable<Statement> Lower(string panels, string index, int lanes, int unroll)
    {
        foreach ((int product, int block, int time) in All())
        {
            yield return new DeclareWords(SumName(product, block, time), new WholeNumber(0));
        }

        int words = _format.Words(terms);
        int inLoop = words - (words % unroll);
        if (inLoop > unroll)
        {
            yield return new Loop(
                index, "0", Text(inLoop * PairsOfWord), unroll * PairsOfWord, Words(panels, [new IndexTerm(index)], lanes, 0, unroll).ToEquatableArray());
        }
        else
        {
            inLoop = 0;
        }

        foreach (Statement statement in Words(panels, [], lanes, inLoop, words - inLoop))
        {
            yield return statement;
        }

        foreach ((int product, int block, int time) in All())
        {
            string sum = moments[time][block].SumName(loop.Products[product].Sum, 0);
            Expression scaled = new Apply(Primitive.Multiply, new Apply(Primitive.ToFloat, new Local(SumName(product, block, time))), new Local(ScaleName(plan, loop.Vector, time)));
            Load scales = new(new Address(panels, ((product * moments[0].Length) + block) * lanes));
            yield return new Assign(sum, new Apply(Primitive.MultiplyAdd, scaled, scales, new Local(sum)));
        }

        yield return new Advance(panels, Text(loop.Products.Count * moments[0].Length * lanes));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<(int Product, int Block, int Time)> All() =>
        from product in Enumerable.Range(0, loop.Products.Count)
        from block in Enumerable.Range(0, moments[0].Length)
        from time in Enumerable.Range(0, moments.Length)
        select (product, block, time);

    private IEnumerable<Statement> Words(string panels, IndexTerm[] index, int lanes, int first, int count)
    {
        int offset = 0;
        for (int word = first; word < first + count; word++)
        {
            int pairs = Math.Min(PairsOfWord, ((terms + 1) / 2) - (word * PairsOfWord));
            for (int pair = 0; pair < pairs; pair++)
            {
                for (int time = 0; time < moments.Length; time++)
                {
                    Address address = Address.At(_whole.Pointer, moments[time][0].Start(_whole) + (word * PairsOfWord) + pair, index);
                    yield return new DeclareWords(Splat(word, pair, time), new SplatWords(address));
                }
            }

            for (int product = 0; product < loop.Products.Count; product++)
            {
                for (int block = 0; block < moments[0].Length; block++)
                {
                    for (int pair = 0; pair < pairs; pair++)
                    {
                        Expression weights = new Apply(_format.Widen[pair], new Start(new Address(panels, offset)));
                        if (moments.Length > 1)
                        {
                            string local = $"{SumName(product, block, 0)}_w{Text(word)}_{Text(pair)}";
                            yield return new DeclareWords(local, weights);
                            weights = new Local(local);
                        }

                        for (int time = 0; time < moments.Length; time++)
                        {
                            string sum = SumName(product, block, time);
                            yield return new Assign(sum, new Apply(Primitive.AddPairs, weights, new Local(Splat(word, pair, time)), new Local(sum)));
                        }
                    }

                    offset += lanes;
                }
            }
        }

        if (offset > 0)
        {
            yield return new Advance(panels, Text(offset));
        }
    }

    private string SumName(int product, int block, int time) =>
        $"{plan.Names[plan.Graph.Ops[loop.Products[product].Product].A]}_{name}_{Text(product)}_{Text(block)}" + (time == 0 ? "" : "_" + Text(time));

    private string Splat(int word, int pair, int time) => $"{name}_w{Text(word)}_{Text(pair)}" + (time == 0 ? "" : "_" + Text(time));
}
