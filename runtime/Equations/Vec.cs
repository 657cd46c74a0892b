using System;

namespace Recurrent;

/// <summary>
/// A vector of an equation. In a cell's <c>Step</c> it is what the generator reads; called with real values it computes in double
/// precision: the reference that every generated kernel is tested against.
/// </summary>
/// <remarks>Where an operation takes two vectors element by element, one of a single element beside a longer one is spread: it stands for every element.</remarks>
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

    /// <summary>A part of it, as a vector of its own.</summary>
    /// <param name="range">The positions, such as <c>..4</c>, <c>4..8</c> or <c>^4..</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the vector.</exception>
    public Vec this[Range range]
    {
        get
        {
            int start = range.Start.GetOffset(Length);
            int end = range.End.GetOffset(Length);
            if (start < 0 || end < start || end > Length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(range), range, FormattableString.Invariant($"The vector has {Length} elements; a range within 0..{Length} is wanted, whose end is not before its start."));
            }

            return new(_values.AsSpan(start, end - start));
        }
    }

    /// <summary>All elements.</summary>
    public ReadOnlySpan<double> AsSpan() => _values;

    /// <summary>The sum, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static Vec operator +(Vec left, Vec right) => Zip(left, right, "+", static (a, b) => a + b);

    /// <summary>Adds a number to every element.</summary>
    public static Vec operator +(double left, Vec right) => right.Map(b => left + b);

    /// <summary>Adds a number to every element.</summary>
    public static Vec operator +(Vec left, double right) => left.Map(a => a + right);

    /// <summary>The difference, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static Vec operator -(Vec left, Vec right) => Zip(left, right, "-", static (a, b) => a - b);

    /// <summary>Subtracts every element from a number.</summary>
    public static Vec operator -(double left, Vec right) => right.Map(b => left - b);

    /// <summary>Subtracts a number from every element.</summary>
    public static Vec operator -(Vec left, double right) => left.Map(a => a - right);

    /// <summary>Every element with its sign changed.</summary>
    public static Vec operator -(Vec operand) => operand.Map(static a => -a);

    /// <summary>The product, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static Vec operator *(Vec left, Vec right) => Zip(left, right, "*", static (a, b) => a * b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Vec operator *(double left, Vec right) => right.Map(b => left * b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Vec operator *(Vec left, double right) => left.Map(a => a * right);

    /// <summary>The quotient, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static Vec operator /(Vec left, Vec right) => Zip(left, right, "/", static (a, b) => a / b);

    /// <summary>Divides a number by every element.</summary>
    public static Vec operator /(double left, Vec right) => right.Map(b => left / b);

    /// <summary>Divides every element by a number.</summary>
    public static Vec operator /(Vec left, double right) => left.Map(a => a / right);

    internal static Vec Own(double[] values) => new(values);

    internal Vec Map(Func<double, double> function) => Own(Array.ConvertAll(_values, value => function(value)));

    /// <summary>A function of two elements, element by element; a vector of one element is spread.</summary>
    /// <param name="left">The first operands.</param>
    /// <param name="right">The second operands.</param>
    /// <param name="name">The word or the sign that the user wrote.</param>
    /// <param name="function">The function.</param>
    internal static Vec Zip(Vec left, Vec right, string name, Func<double, double, double> function)
    {
        if (left.Length != right.Length)
        {
            return left.Length == 1 ? right.Map(b => function(left[0], b))
                : right.Length == 1 ? left.Map(a => function(a, right[0]))
                : throw new ArgumentException(
                    FormattableString.Invariant($"'{name}' needs two vectors of one length, or one of a single element; the left one has {left.Length}, the right one {right.Length}."),
                    nameof(right));
        }

        double[] result = new double[left.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(left._values[i], right._values[i]);
        }

        return Own(result);
    }
}
