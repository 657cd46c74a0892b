using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Reductions of a vector in memory to one number, each a function of its own for a number of elements, in an order that no width of vectors changes: element k belongs to partial result k mod
/// <see cref="Arithmetic.NominalLanes"/>; partial result j and the one that lies half of them further are combined, again and again, until one is left.
/// </summary>
public static class Fold
{
    private const string Elements = "elements";
    private const int MostUnrolled = 4;
    private const int Unit = Arithmetic.NominalLanes;

    /// <summary>Partial results that so many elements fill, each with the lanes of a vector.</summary>
    public static int Partials(int elements, Target target) => (Math.Min(elements, Unit) + target.Lanes - 1) / target.Lanes;

    /// <summary>
    /// Combines the locals of partial results into the first one: each with the one that lies half of them further, where there is one.
    /// </summary>
    public static IEnumerable<Statement> InPairs(IReadOnlyList<string> names, Func<Expression, Expression, Expression> combine, Target target)
    {
        for (int distance = Unit / target.Lanes / 2; distance > 0; distance /= 2)
        {
            for (int left = 0; left < distance && left + distance < names.Count; left++)
            {
                yield return new Assign(names[left], combine(new Local(names[left]), new Local(names[left + distance])));
            }
        }
    }

    /// <summary>A reduction of the elements in a place, in all lanes.</summary>
    public static Expression Of(OpKind kind, Place place) => new Call(NameOf(kind, place.Length), new Start(new Address(place.Pointer, place.Offset)));

    /// <summary>The function that such a reduction calls.</summary>
    public static Function Function(OpKind kind, int elements, Target target)
    {
        const string Result = "result";
        Place place = new(Elements, 0, elements);
        IEnumerable<Statement> body = (kind == OpKind.Sum ? Sum(Result, place, target) : Greatest(Result, place, target)).Append(new Return(new Local(Result)));
        string summary = kind == OpKind.Sum ? $"The sum of {Text(elements)} elements, in all lanes." : $"The greatest of {Text(elements)} elements, or a NaN where one is, in all lanes.";
        return new Function(NameOf(kind, elements), summary, EquatableArray<string>.Empty, body.ToEquatableArray()) { Pointers = new[] { Elements }.ToEquatableArray() };
    }

    private static string NameOf(OpKind kind, int elements) => kind + Text(elements);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Declares a local, all lanes of which are the sum of the elements in a place.</summary>
    private static IEnumerable<Statement> Sum(string name, Place place, Target target)
    {
        string[] names = Names(name, place.Length, target);
        int rest = place.Length % Unit;
        int whole = place.Length - rest;
        foreach (Statement statement in Units(names, place, whole, Add, target))
        {
            yield return statement;
        }

        for (int i = 0; i * target.Lanes < rest; i++)
        {
            int lanes = Math.Min(target.Lanes, rest - (i * target.Lanes));
            Expression elements = new Load(At(place, whole + (i * target.Lanes)), lanes == target.Lanes ? 0 : lanes);
            yield return whole == 0 ? new Declare(names[i], elements) : new Assign(names[i], Add(new Local(names[i]), elements));
        }

        foreach (Statement statement in InPairs(names, Add, target))
        {
            yield return statement;
        }

        // Empty lanes are 0, and how many there are depends on the width: with one more 0, a sum of negative zeros is 0 everywhere.
        yield return new Assign(name, Add(new Apply(Primitive.FoldAdd, new Local(name)), new Number(0f)));
    }

    /// <summary>Declares a local, all lanes of which are the greatest of the elements in a place, or a NaN where one is.</summary>
    private static IEnumerable<Statement> Greatest(string name, Place place, Target target)
    {
        int rest = place.Length % Unit;
        int whole = place.Length - rest;
        if (whole > 0)
        {
            string[] names = Names(name, Unit, target);
            foreach (Statement statement in Units(names, place, whole, Greater, target).Concat(InPairs(names, Greater, target)))
            {
                yield return statement;
            }

            if (target.Lanes > 1)
            {
                yield return new Assign(name, new Apply(Primitive.FoldMax, new Local(name)));
            }
        }
        else
        {
            yield return new Declare(name, new Splat(At(place, 0)));
        }

        for (int k = whole > 0 ? whole : 1; k < place.Length; k++)
        {
            yield return new Assign(name, Greater(new Local(name), new Splat(At(place, k))));
        }
    }

    public static Expression Add(Expression a, Expression b) => new Apply(Primitive.Add, a, b);

    private static Expression Greater(Expression a, Expression b) => new Call(nameof(OpKind.Max), a, b);

    private static string[] Names(string name, int elements, Target target) => [.. Enumerable.Range(0, Partials(elements, target))
        .Select(i => i == 0 ? name : name + "_" + Text(i))];

    private static Address At(Place place, int element, params IndexTerm[] terms) => Address.At(place.Pointer, place.Offset + element, terms);

    private static IEnumerable<Statement> Units(string[] names, Place place, int whole, Func<Expression, Expression, Expression> combine, Target target)
    {
        IEnumerable<Statement> Combine(int element, params IndexTerm[] terms) => names.Select((name, i) => new Assign(
            name, combine(new Local(name), new Load(At(place, element + (i * target.Lanes), terms)))));

        for (int i = 0; i < names.Length && whole > 0; i++)
        {
            yield return new Declare(names[i], new Load(At(place, i * target.Lanes)));
        }

        if (whole > MostUnrolled * Unit)
        {
            yield return new Loop(
                "k", Text(Unit), Text(whole), Unit, Combine(0, new IndexTerm("k")).ToEquatableArray());
            yield break;
        }

        for (int element = Unit; element < whole; element += Unit)
        {
            foreach (Statement statement in Combine(element))
            {
                yield return statement;
            }
        }
    }
}
