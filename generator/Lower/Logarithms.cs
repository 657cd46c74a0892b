using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Lower.Formula;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>Natural logarithms.</summary>
public static class Logarithms
{
    private const float LeastNormal = 1.17549435e-38f;

    private static readonly Number One = new(1f);

    public static Function Log() => Define(
        nameof(OpKind.Log),
        "log(x), within 1.4 ULP, denormal numbers included: n ln 2 + log(1 + f), where x = 2^n (1 + f) and 1 + f is in [sqrt(1/2), sqrt(2)).",
        body =>
        {
            Local normal = body.Let("normal", SelectLess, X, new Number(LeastNormal), new Apply(Multiply, X, new Number(8388608f)), X);
            Local shift = body.Let("shift", SelectLess, X, new Number(LeastNormal), new Number(23f), new Number(0f));
            Local n = body.Let("n", Subtract, new Apply(Exponent, normal), shift);
            Local f = body.Let("f", Subtract, new Apply(Significand, normal), One);
            Return(body, Sum(body, n, f), new Number(0f));
        });

    public static Function Log1p() => Define(
        nameof(OpKind.Log1p),
        "log(1 + x), within 1.9 ULP: n ln 2 + log(1 + f), where 1 + x = 2^n (1 + f), and f is found from x itself, not from the rounded 1 + x.",
        body =>
        {
            Local n = body.Let("n", Exponent, new Apply(Add, One, X));
            Local power = body.Let("power", Scale, One, new Apply(Subtract, new Number(0f), n));
            Local f = body.Let("f", MultiplyAdd, power, X, new Apply(Subtract, power, One));
            Local value = Sum(body, n, f);
            Return(body, body.Let("signed", CopySign, value, X), new Number(-1f));
        });

    /// <summary>
    /// n ln 2 + log(1 + f) for f in [sqrt(1/2) - 1, sqrt(2) - 1), where log(1 + f) = f + square tail. The polynomial's relative error is below 4e-8
    /// (minimax, degree 9, the first two coefficients given).
    /// </summary>
    private static Local Sum(Formula body, Local n, Local f)
    {
        Local square = body.Let("square", Multiply, f, f);
        Expression tail = body.Polynomial(
            "tail", f, square, -0.5f, 0.333339107f, -0.250013370f, 0.199630637f, -0.165775846f, 0.149147684f, -0.142674884f, 0.0870043657f);
        Local rest = body.Let("rest", MultiplyAdd, square, tail, new Apply(Multiply, n, new Number(Exponentials.Ln2Low)));
        return body.Let("value", MultiplyAdd, n, new Number(Exponentials.Ln2High), new Apply(Add, f, rest));
    }

    /// <summary>Returns a logarithm of x: -infinity where its argument is 0, which x = bound stands for, NaN below, and infinity or NaN for itself.</summary>
    private static void Return(Formula body, Local value, Number bound)
    {
        Local above = body.Let("above", SelectLess, X, new Number(float.PositiveInfinity), value, X);
        Local below = body.Let("below", SelectLess, X, bound, new Number(float.NaN), new Apply(Subtract, X, new Number(float.PositiveInfinity)));
        body.Return(SelectLess, bound, X, above, below);
    }
}
