using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// The multiply-adds of a product loop whose weights are whole numbers: they are multiplied with the whole numbers that the vector has become, and added in 32 bits, which is exact, to two
/// sums; behind the last term these are joined, and multiplied with both scales.
/// </summary>
/// <param name="plan">The pass.</param>
/// <param name="loop">The products; all are packed.</param>
/// <param name="moments">The blocks of the tile, for each time step that is taken at once.</param>
/// <param name="terms">Terms of each product.</param>
/// <param name="name">What the locals of the vector are named after.</param>
public sealed class WholeProducts(PassPlan plan, ProductLoop loop, BlockLowering[][] moments, int terms, string name)
{
    /// <summary>Floats that hold the four whole numbers of a vector that a word is multiplied with.</summary>
    private const int FloatsOfWord = 2;

    private readonly WeightFormat _format = plan.Weights;
    private readonly Place _whole = plan.WholeVectors[loop.Vector];

    /// <summary>The scale of a vector, a local in front of the tiles.</summary>
    public static string ScaleName(PassPlan plan, int vector, int time) => plan.Names[vector] + "_scale" + (time == 0 ? "" : "_" + Text(time));

    /// <summary>The statements.</summary>
    /// <param name="panels">The pointer to the packed weights.</param>
    /// <param name="index">The index of the loop, which counts floats that hold the vector's whole numbers.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="unroll">Words that an iteration has.</param>
    public IEnumerable<Statement> Lower(string panels, string index, int lanes, int unroll)
    {
        int atOnce = loop.Products.Count * moments[0].Length * lanes;
        foreach ((int product, int block, int time) in All())
        {
            yield return new DeclareWords(FirstName(product, block, time), new WholeNumber(0));
            yield return new DeclareWords(SecondName(product, block, time), new Apply(Primitive.StartSecond, new Start(OfBlock(product, block))));
        }

        yield return new Advance(panels, Text(atOnce));
        int words = _format.Words(terms);
        int inLoop = words - (words % unroll);
        if (inLoop > unroll)
        {
            yield return new Loop(
                index, "0", Text(inLoop * FloatsOfWord), unroll * FloatsOfWord, Words(panels, [new IndexTerm(index)], lanes, 0, unroll).ToEquatableArray());
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
            Apply joined = new(Primitive.JoinSums, new Local(FirstName(product, block, time)), new Local(SecondName(product, block, time)));
            Expression scaled = new Apply(Primitive.Multiply, new Apply(Primitive.ToFloat, joined), new Local(ScaleName(plan, loop.Vector, time)));
            yield return new Assign(sum, new Apply(Primitive.MultiplyAdd, scaled, new Load(OfBlock(product, block)), new Local(sum)));
        }

        yield return new Advance(panels, Text(atOnce));

        Address OfBlock(int product, int block) => new(panels, ((product * moments[0].Length) + block) * lanes);
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
            for (int time = 0; time < moments.Length; time++)
            {
                Start numbers = new(Address.At(_whole.Pointer, moments[time][0].Start(_whole) + (word * FloatsOfWord), index));
                yield return new DeclareWords(SplatName(word, time, isFirst: true), new Apply(Primitive.SplatFirst, numbers));
                yield return new DeclareWords(SplatName(word, time, isFirst: false), new Apply(Primitive.SplatSecond, numbers));
            }

            for (int product = 0; product < loop.Products.Count; product++)
            {
                for (int block = 0; block < moments[0].Length; block++)
                {
                    Start words = new(new Address(panels, offset));
                    Local half = new(NameOf("firstWeights", product, block, word));
                    Local otherHalf = new(NameOf("secondWeights", product, block, word));
                    yield return new DeclareWords(half.Name, new Apply(_format.Widen[0], words));
                    yield return new DeclareWords(otherHalf.Name, new Apply(_format.Widen[1], words, half));
                    for (int time = 0; time < moments.Length; time++)
                    {
                        yield return Add(FirstName(product, block, time), half, SplatName(word, time, isFirst: true));
                        yield return Add(SecondName(product, block, time), otherHalf, SplatName(word, time, isFirst: false));
                    }

                    offset += lanes;
                }
            }
        }

        if (offset > 0)
        {
            yield return new Advance(panels, Text(offset));
        }

        static Assign Add(string sum, Local weights, string numbers) => new(sum, new Apply(Primitive.AddProducts, weights, new Local(numbers), new Local(sum)));
    }

    private string FirstName(int product, int block, int time) => NameOf("first", product, block, time);

    private string SecondName(int product, int block, int time) => NameOf("second", product, block, time);

    private string NameOf(string purpose, int product, int block, int last) =>
        $"{plan.Names[plan.Graph.Ops[loop.Products[product].Product].A]}_{name}_{purpose}_{Text(product)}_{Text(block)}" + (last == 0 ? "" : "_" + Text(last));

    private string SplatName(int word, int time, bool isFirst) => $"{name}_{(isFirst ? "first" : "second")}_{Text(word)}" + (time == 0 ? "" : "_" + Text(time));
}
