using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Recurrent.Gen.Graph;

/// <summary>
/// A number made of names whose sizes are not known: a sum of products with rational factors. Quantities that are equal for all sizes have one
/// text, which is a <see cref="DimensionExpression"/> again; but a quotient by a name, and a choice, are names to it.
/// </summary>
/// <exception cref="OverflowException">Any operation may throw it: a factor does not fit 64 bits.</exception>
public sealed class Quantity : IEquatable<Quantity>
{
    private const char Times = '\n';

    /// <summary>The factor of each product; a product's names are sorted and joined by <see cref="Times"/>, and "" is the product of none.</summary>
    private readonly SortedDictionary<string, Fraction> _terms;

    private Quantity(SortedDictionary<string, Fraction> terms) => _terms = terms;

    /// <summary>The number, where it is a whole one that depends on no name.</summary>
    public long? Whole => _terms.Count == 0 ? 0 : _terms.Count == 1 && _terms.TryGetValue("", out Fraction factor) && factor.Below == 1 ? factor.Above : null;

    /// <summary>Whether it depends on no name.</summary>
    public bool IsNumber => _terms.Count == 0 || (_terms.Count == 1 && _terms.ContainsKey(""));

    /// <summary>Whether it is greater than 0 for all sizes of a layer: what it reads and what it gives are at least 1.</summary>
    public bool IsPositive => _terms.Count > 0 && _terms.All(term =>
        term.Value.Above > 0 && term.Key.Split(Times).All(name => name.Length == 0 || name == Dim.Input.Name || name == Dim.Hidden.Name));

    public static Quantity Of(long number) => Product("", new Fraction(number, 1));

    /// <summary>A name, or a text that stands for one.</summary>
    public static Quantity Of(string name) => Product(name, new Fraction(1, 1));

    /// <summary>What a dimension is.</summary>
    /// <exception cref="FormatException">Its name is no expression.</exception>
    public static Quantity Of(Dim dim) => dim.Name is null ? Of(dim.Size) : DimensionExpression.Parse(dim.Name).Evaluate(_ => null);

    /// <summary>The quantity that a double is, where it is a whole number or a simple fraction; else null.</summary>
    public static Quantity? Of(double number) =>
        Math.Abs(number) < 1L << 40 && number * 1024 == Math.Floor(number * 1024)
            ? Product("", Fraction.Of((long)(number * 1024), 1024))
            : null;

    public static Quantity operator +(Quantity left, Quantity right)
    {
        SortedDictionary<string, Fraction> sum = new(left._terms, StringComparer.Ordinal);
        foreach (KeyValuePair<string, Fraction> term in right._terms)
        {
            Add(sum, term.Key, term.Value);
        }

        return new Quantity(sum);
    }

    public static Quantity operator -(Quantity left, Quantity right) => left + (right * Of(-1));

    public static Quantity operator *(Quantity left, Quantity right)
    {
        SortedDictionary<string, Fraction> product = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, Fraction> a in left._terms)
        {
            foreach (KeyValuePair<string, Fraction> b in right._terms)
            {
                IEnumerable<string> names = a.Key.Split(Times).Concat(b.Key.Split(Times)).Where(name => name.Length > 0);
                Add(product, string.Join(Times.ToString(), names.OrderBy(name => name, StringComparer.Ordinal)), a.Value * b.Value);
            }
        }

        return new Quantity(product);
    }

    /// <summary>The quotient, or null where the divisor is 0.</summary>
    public static Quantity? Divide(Quantity left, Quantity right)
    {
        if (right._terms.Count == 0)
        {
            return null;
        }

        if (right.IsNumber)
        {
            return left * Product("", right._terms[""].Inverse());
        }

        string text = left.ToString();
        bool isProduct = left._terms.Count == 1 && text[0] != '0';
        return left.Equals(right) ? Of(1) : left._terms.Count == 0 ? left : Of($"({(isProduct ? text : $"({text})")} / ({right}))");
    }

    /// <summary>The text for messages: a number below 0 has a sign there.</summary>
    public string Shown => Whole is long whole ? whole.ToString(CultureInfo.InvariantCulture) : ToString();

    /// <summary>The dimension that this is; null where it is a number that is no size.</summary>
    public Dim? ToDim() => Whole is long whole ? (whole is > 0 and <= int.MaxValue ? new Dim((int)whole) : null) : IsNumber ? null : new Dim(ToString());

    public bool Equals(Quantity? other) => other is not null && _terms.SequenceEqual(other._terms);

    public override bool Equals(object? obj) => Equals(obj as Quantity);

    public override int GetHashCode() => ToString().GetHashCode();

    /// <summary>The text; a division stands last, so that the whole of what it divides is divided without a remainder.</summary>
    public override string ToString()
    {
        long below = _terms.Values.Aggregate(1L, (common, factor) => checked(common * Fraction.Of(factor.Below, common).Above));
        StringBuilder text = new();
        foreach (KeyValuePair<string, Fraction> term in _terms.OrderBy(term => term.Value.Above < 0).ThenBy(term => term.Key.Length == 0))
        {
            long above = checked(term.Value.Above * (below / term.Value.Below));
            text.Append(above < 0 ? (text.Length == 0 ? "0 - " : " - ") : text.Length == 0 ? "" : " + ");
            string size = checked(Math.Abs(above)).ToString(CultureInfo.InvariantCulture);
            text.Append(term.Key.Length == 0 ? size : size == "1" ? "" : size + " * ").Append(term.Key.Replace(Times.ToString(), " * "));
        }

        string sum = text.Length == 0 ? "0" : text.ToString();
        return below == 1 ? sum
            : (_terms.Count == 1 && sum[0] != '0' ? sum : $"({sum})") + " / " + below.ToString(CultureInfo.InvariantCulture);
    }

    private static Quantity Product(string names, Fraction factor)
    {
        SortedDictionary<string, Fraction> terms = new(StringComparer.Ordinal);
        Add(terms, names, factor);
        return new Quantity(terms);
    }

    private static void Add(SortedDictionary<string, Fraction> terms, string names, Fraction factor)
    {
        Fraction sum = terms.TryGetValue(names, out Fraction there) ? there + factor : factor;
        if (sum.Above == 0)
        {
            terms.Remove(names);
        }
        else
        {
            terms[names] = sum;
        }
    }

    /// <summary>A rational number in lowest terms; what is below is greater than 0.</summary>
    private readonly record struct Fraction(long Above, long Below)
    {
        public static Fraction Of(long above, long below)
        {
            long a = checked(below < 0 ? -above : above);
            long b = checked(below < 0 ? -below : below);
            long divisor = b;
            for (long rest = a; rest != 0;)
            {
                (divisor, rest) = (rest, divisor % rest);
            }

            divisor = Math.Abs(divisor);
            return new Fraction(a / divisor, b / divisor);
        }

        public static Fraction operator +(Fraction a, Fraction b) => checked(Of((a.Above * b.Below) + (b.Above * a.Below), a.Below * b.Below));

        public static Fraction operator *(Fraction a, Fraction b) => checked(Of(a.Above * b.Above, a.Below * b.Below));

        public Fraction Inverse() => Of(Below, Above);
    }
}
