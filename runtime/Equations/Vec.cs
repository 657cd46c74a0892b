using System;

namespace Recurrent;

/// <summary>
/// A vector of an equation. In a cell's <c>Step</c> it is what the generator reads; called with real values it computes in double
/// precision: the reference that every generated kernel is tested against.
/// </summary>
public sealed class Vec
{
    private readonly double[] _values;

    /// <summary>Makes a vector.</summary>
    /// <param name="values">Its elements; copied.</param>
    public Vec(params ReadOnlySpan<double> values) => _values = values.ToArray();

    private Vec(double[] values) => _values = values;

    /// <summary>How many elements it has.</summary>
    public int Length => _values.Length;

    /// <summary>An element.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public double this[int index] => _values[index];

    /// <summary>All elements.</summary>
    public ReadOnlySpan<double> AsSpan() => _values;

    /// <summary>The sum, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static Vec operator +(Vec left, Vec right) => Zip(left, right, "+", static (a, b) => a + b);

    /// <summary>Adds a number to every element.</summary>
    public static Vec operator +(double left, Vec right) => right.Map(b => left + b);

    /// <summary>Adds a number to every element.</summary>
    public static Vec operator +(Vec left, double right) => left.Map(a => a + right);

    /// <summary>The difference, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static Vec operator -(Vec left, Vec right) => Zip(left, right, "-", static (a, b) => a - b);

    /// <summary>Subtracts every element from a number.</summary>
    public static Vec operator -(double left, Vec right) => right.Map(b => left - b);

    /// <summary>Subtracts a number from every element.</summary>
    public static Vec operator -(Vec left, double right) => left.Map(a => a - right);

    /// <summary>Every element with its sign changed.</summary>
    public static Vec operator -(Vec operand) => operand.Map(static a => -a);

    /// <summary>The product, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static Vec operator *(Vec left, Vec right) => Zip(left, right, "*", static (a, b) => a * b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Vec operator *(double left, Vec right) => right.Map(b => left * b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Vec operator *(Vec left, double right) => left.Map(a => a * right);

    internal static Vec Own(double[] values) => new(values);

    internal Vec Map(Func<double, double> function)
    {
        double[] result = new double[Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(_values[i]);
        }

        return Own(result);
    }

    private static Vec Zip(Vec left, Vec right, string symbol, Func<double, double, double> function)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"'{symbol}' needs two vectors of one length; the left one has {left.Length}, the right one {right.Length}.", nameof(right));
        }

        double[] result = new double[left.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(left._values[i], right._values[i]);
        }

        return Own(result);
    }
}
