using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>The body of a function over primitives, written line by line.</summary>
public sealed class Formula : List<Statement>
{
    /// <summary>The parameter of a function of one number.</summary>
    public static Local X { get; } = new("x");

    /// <summary>The first parameter of a function of two numbers.</summary>
    public static Local A { get; } = new("a");

    /// <summary>The second parameter of a function of two numbers.</summary>
    public static Local B { get; } = new("b");

    /// <summary>A function of x.</summary>
    public static Function Define(string name, string summary, Action<Formula> write) => Define(name, summary, [X], write);

    /// <summary>A function of one expression in x.</summary>
    public static Function Define(string name, string summary, Expression value) => Define(name, summary, body => body.Return(value));

    /// <summary>A function.</summary>
    public static Function Define(string name, string summary, Local[] parameters, Action<Formula> write)
    {
        Formula body = [];
        write(body);
        return new Function(name, summary, parameters.Select(parameter => parameter.Name).ToEquatableArray(), body.ToEquatableArray());
    }

    public Local Let(string name, Primitive primitive, params Expression[] arguments) => Let(name, new Apply(primitive, arguments));

    public Local Let(string name, Expression value)
    {
        Add(new Declare(name, value));
        return new Local(name);
    }

    public void Return(Primitive primitive, params Expression[] arguments) => Return(new Apply(primitive, arguments));

    public void Return(Expression value) => Add(new Return(value));

    /// <summary>
    /// The polynomial with these coefficients, the constant one first, at x. Neighbours are joined in pairs, pairs in fours and so on (Estrin): a shorter
    /// wait than one term after another.
    /// </summary>
    /// <param name="name">What its locals begin with.</param>
    /// <param name="x">Where.</param>
    /// <param name="square">x x, which the formula has computed.</param>
    /// <param name="coefficients">The coefficients.</param>
    public Expression Polynomial(string name, Expression x, Expression square, params float[] coefficients)
    {
        Expression[] terms = coefficients.Select(c => (Expression)new Number(c)).ToArray();
        Expression power = x;
        for (int degree = 1; terms.Length > 1; degree *= 2)
        {
            power = degree switch
            {
                1 => x,
                2 => square,
                _ => Let(name + "Power" + degree, Primitive.Multiply, power, power),
            };
            Expression[] pairs = new Expression[(terms.Length + 1) / 2];
            for (int i = 0; i < pairs.Length; i++)
            {
                int low = 2 * i;
                pairs[i] = low + 1 == terms.Length
                    ? terms[low]
                    : Let(name + (degree * low) + "to" + Math.Min((degree * (low + 2)) - 1, coefficients.Length - 1), Primitive.MultiplyAdd, terms[low + 1], power, terms[low]);
            }

            terms = pairs;
        }

        return terms[0];
    }
}
