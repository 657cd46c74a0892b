using System;
using System.Globalization;

namespace Recurrent.Tests.Numerics;

/// <summary>The value of a dimension expression: one that the generator has no part in.</summary>
public ref struct ReferenceDimension
{
    private readonly Func<string, long> _valueOf;
    private ReadOnlySpan<char> _rest;

    private ReferenceDimension(string text, Func<string, long> valueOf)
    {
        _rest = text;
        _valueOf = valueOf;
    }

    /// <summary>What a dimension in a <see cref="ShapeAttribute"/> is.</summary>
    /// <param name="dimension">An <see cref="int"/>, or a <see cref="string"/> with an expression.</param>
    /// <param name="valueOf">The value of a name.</param>
    public static int Evaluate(object dimension, Func<string, long> valueOf)
    {
        if (dimension is int size)
        {
            return size;
        }

        ReferenceDimension expression = new((string)dimension, valueOf);
        long value = expression.Choice();
        return expression.Peek() == '\0' ? checked((int)value) : throw new FormatException($"'{dimension}' does not end where it should.");
    }

    private long Choice()
    {
        long value = Sum();
        if (!_rest.TrimStart().StartsWith("or") || (_rest.TrimStart() is { Length: > 2 } more && char.IsLetterOrDigit(more[2])))
        {
            return value;
        }

        _rest = _rest.TrimStart()[2..];
        long other = Choice();
        return value > 0 ? value : other;
    }

    private long Sum()
    {
        long value = Product();
        while (Peek() is '+' or '-')
        {
            value = Take() == '+' ? value + Product() : value - Product();
        }

        return value;
    }

    private long Product()
    {
        long value = One();
        while (Peek() is '*' or '/')
        {
            value = Take() == '*' ? value * One() : Divide(value, One());
        }

        return value;
    }

    private static long Divide(long left, long right) =>
        right != 0 && left % right == 0 ? left / right : throw new FormatException($"{left} / {right} is no whole number.");

    private long One()
    {
        if (Peek() == '(')
        {
            Take();
            long inner = Choice();
            Take();
            return inner;
        }

        _rest = _rest.TrimStart();
        int length = 0;
        while (length < _rest.Length && (char.IsLetterOrDigit(_rest[length]) || _rest[length] == '_'))
        {
            length++;
        }

        string word = _rest[..length].ToString();
        _rest = _rest[length..];
        return long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : _valueOf(word);
    }

    private char Take()
    {
        char sign = Peek();
        _rest = _rest.TrimStart()[1..];
        return sign;
    }

    private readonly char Peek() => _rest.TrimStart() is { Length: > 0 } rest ? rest[0] : '\0';
}
