using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Makes whole numbers of 16 bits of a vector, and their scale: its greatest magnitude becomes the greatest number that sums of so many terms allow. What is
/// behind the last element is not defined; the weights that multiply it are 0.
/// </summary>
public static class WholeVector
{
    private const string Elements = "elements";
    private const string Whole = "whole";
    private const int MostMaxima = 4;

    /// <summary>2^-100: of vectors below it everything is 0, and the inverse of the scale is finite.</summary>
    private const float LeastMagnitude = 7.8886090522101181e-31f;

    /// <summary>Floats that hold a vector's whole numbers, up to a full vector.</summary>
    public static int Floats(int elements) => (elements + Arithmetic.NominalLanes - 1) / Arithmetic.NominalLanes * Arithmetic.NominalLanes / 2;

    /// <summary>Writes the whole numbers of a vector and gives the scale, in all lanes.</summary>
    public static Expression Of(int elements, Address vector, Address whole) => new Call(NameOf(elements), new Start(vector), new Start(whole));

    /// <summary>The function that does it.</summary>
    public static Function Function(int elements, Target target)
    {
        string most = WeightFormat.MostOfVector(elements).ToString(CultureInfo.InvariantCulture);
        return new Function(
            NameOf(elements),
            $"Writes {Text(elements)} elements as whole numbers from -{most} to {most}, and gives their scale: NaN where an element is not finite.",
            EquatableArray<string>.Empty,
            Body(elements, target).ToEquatableArray()) { Pointers = new[] { Elements, Whole }.ToEquatableArray() };
    }

    private static string NameOf(int elements) => "Whole" + Text(elements);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Statement> Body(int elements, Target target)
    {
        int full = elements / target.Lanes;
        int rest = elements % target.Lanes;
        int maxima = Math.Max(1, Math.Min(MostMaxima, full));
        string[] names = [.. Enumerable.Range(0, maxima).Select(i => i == 0 ? "greatest" : "greatest_" + Text(i))];
        Expression Element(int offset, int lanes, params IndexTerm[] terms) => new Load(Address.At(Elements, offset, terms), lanes);
        Assign Greater(string name, Expression element) => new(name, new Call(nameof(Graph.OpKind.Max), new Local(name), new Apply(Primitive.Abs, element)));

        for (int i = 0; i < maxima; i++)
        {
            yield return new Declare(names[i], new Apply(Primitive.Abs, Element(i * target.Lanes, full == 0 ? rest : 0)));
        }

        int step = maxima * target.Lanes;
        int inLoop = full * target.Lanes / step * step;
        if (inLoop > step)
        {
            yield return new Loop(
                "k", Text(step), Text(inLoop), step, names.Select((name, i) => (Statement)Greater(name, Element(i * target.Lanes, 0, new IndexTerm("k")))).ToEquatableArray());
        }

        for (int k = Math.Max(inLoop, step); k < full * target.Lanes; k += target.Lanes)
        {
            yield return Greater(names[0], Element(k, 0));
        }

        if (full > 0 && rest > 0)
        {
            yield return Greater(names[0], Element(full * target.Lanes, rest));
        }

        for (int i = 1; i < maxima; i++)
        {
            yield return new Assign(names[0], new Call(nameof(Graph.OpKind.Max), new Local(names[0]), new Local(names[i])));
        }

        Local greatest = new(names[0]);
        float most = WeightFormat.MostOfVector(elements);
        yield return new Assign(names[0], new Apply(Primitive.Max, new Number(LeastMagnitude), target.Lanes == 1 ? greatest : new Apply(Primitive.FoldMax, greatest)));
        yield return new Declare("inverse", new Apply(Primitive.Divide, new Number(most), greatest));
        StoreWhole Rounded(int offset, int lanes, params IndexTerm[] terms) =>
            new(Address.At(Whole, offset, terms), new Apply(Primitive.Multiply, Element(offset, lanes, terms), new Local("inverse")));
        if (full > MostMaxima)
        {
            yield return new Loop("k", "0", Text(full * target.Lanes), target.Lanes, new Statement[] { Rounded(0, 0, new IndexTerm("k")) }.ToEquatableArray());
        }
        else
        {
            for (int i = 0; i < full; i++)
            {
                yield return Rounded(i * target.Lanes, 0);
            }
        }

        if (rest > 0)
        {
            yield return Rounded(full * target.Lanes, rest);
        }

        // 0 times what is not finite is NaN.
        yield return new Return(new Apply(Primitive.MultiplyAdd, greatest, new Number(0f), new Apply(Primitive.Multiply, greatest, new Number(1 / most))));
    }
}
