using System;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>The exponential function: 0 at -infinity.</summary>
    public static double Exp(double x) => Math.Exp(x);

    /// <inheritdoc cref="Exp(double)"/>
    public static Vec Exp(Vec x) => x.Map(Exp);

    /// <inheritdoc cref="Exp(double)"/>
    public static Mat Exp(Mat x) => x.Map(Exp);

    /// <summary>exp(x) - 1 without cancellation near 0; at least -1.</summary>
    public static double Expm1(double x) => SpecialFunctions.Expm1(x);

    /// <inheritdoc cref="Expm1(double)"/>
    public static Vec Expm1(Vec x) => x.Map(Expm1);

    /// <inheritdoc cref="Expm1(double)"/>
    public static Mat Expm1(Mat x) => x.Map(Expm1);

    /// <summary>The natural logarithm: -infinity at 0, NaN below.</summary>
    public static double Log(double x) => Math.Log(x);

    /// <inheritdoc cref="Log(double)"/>
    public static Vec Log(Vec x) => x.Map(Log);

    /// <inheritdoc cref="Log(double)"/>
    public static Mat Log(Mat x) => x.Map(Log);

    /// <summary>log(1 + x) without cancellation near 0: -infinity at -1, NaN below.</summary>
    public static double Log1p(double x) => SpecialFunctions.Log1p(x);

    /// <inheritdoc cref="Log1p(double)"/>
    public static Vec Log1p(Vec x) => x.Map(Log1p);

    /// <inheritdoc cref="Log1p(double)"/>
    public static Mat Log1p(Mat x) => x.Map(Log1p);

    /// <summary>The square root: NaN below 0.</summary>
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <inheritdoc cref="Sqrt(double)"/>
    public static Vec Sqrt(Vec x) => x.Map(Sqrt);

    /// <inheritdoc cref="Sqrt(double)"/>
    public static Mat Sqrt(Mat x) => x.Map(Sqrt);

    /// <summary>1 / sqrt(x): infinity at 0, NaN below.</summary>
    public static double Rsqrt(double x) => 1 / Math.Sqrt(x);

    /// <inheritdoc cref="Rsqrt(double)"/>
    public static Vec Rsqrt(Vec x) => x.Map(Rsqrt);

    /// <inheritdoc cref="Rsqrt(double)"/>
    public static Mat Rsqrt(Mat x) => x.Map(Rsqrt);

    /// <summary>x x.</summary>
    public static double Square(double x) => x * x;

    /// <inheritdoc cref="Square(double)"/>
    public static Vec Square(Vec x) => x.Map(Square);

    /// <inheritdoc cref="Square(double)"/>
    public static Mat Square(Mat x) => x.Map(Square);

    /// <summary>The error function, 2 / sqrt(pi) times the integral of exp(-t t) from 0 to x; in [-1, 1].</summary>
    public static double Erf(double x) => SpecialFunctions.Erf(x);

    /// <inheritdoc cref="Erf(double)"/>
    public static Vec Erf(Vec x) => x.Map(Erf);

    /// <inheritdoc cref="Erf(double)"/>
    public static Mat Erf(Mat x) => x.Map(Erf);

    /// <summary>|x|.</summary>
    public static double Abs(double x) => Math.Abs(x);

    /// <inheritdoc cref="Abs(double)"/>
    public static Vec Abs(Vec x) => x.Map(Abs);

    /// <inheritdoc cref="Abs(double)"/>
    public static Mat Abs(Mat x) => x.Map(Abs);

    /// <summary>-1, 0 or 1, as x is less than, equal to or greater than 0; NaN where it is NaN.</summary>
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x;

    /// <inheritdoc cref="Sign(double)"/>
    public static Vec Sign(Vec x) => x.Map(Sign);

    /// <inheritdoc cref="Sign(double)"/>
    public static Mat Sign(Mat x) => x.Map(Sign);

    /// <summary>1 where x is greater than 0, else 0, also where it is NaN. In a cell, whose own method has this name, write <c>Equations.Step(x)</c>.</summary>
    public static double Step(double x) => x > 0 ? 1 : 0;

    /// <inheritdoc cref="Step(double)"/>
    public static Vec Step(Vec x) => x.Map(Step);

    /// <inheritdoc cref="Step(double)"/>
    public static Mat Step(Mat x) => x.Map(Step);

    /// <summary>x, as a constant to the backward pass: nothing behind it receives a gradient through it.</summary>
    public static double Detach(double x) => x;

    /// <inheritdoc cref="Detach(double)"/>
    public static Vec Detach(Vec x) => x;

    /// <inheritdoc cref="Detach(double)"/>
    public static Mat Detach(Mat x) => x;
}
