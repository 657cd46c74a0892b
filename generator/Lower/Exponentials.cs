using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Lower.Formula;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>Functions that begin with the exponential of a number.</summary>
public static class Exponentials
{
    /// <summary>
    /// ln 2 as the sum of two floats. The first has 15 significant bits, so that its product with an exponent, a whole number of at most 8 bits, is exact
    /// whether or not it is fused with a sum.
    /// </summary>
    public const float Ln2High = 0.69314575f;
    public const float Ln2Low = 1.4286068e-6f;

    private const float Ln2 = 0.6931472f;
    private const float Log2E = 1.442695f;

    /// <summary>1.5 2^23: a float beside it has no bits for a fraction, so that adding it rounds to a whole number.</summary>
    public const float RoundToWhole = 12582912f;

    /// <summary>The exponentials of what lies beyond are 0 and infinity.</summary>
    private const float LeastExponent = -105f;
    private const float GreatestExponent = 89f;

    /// <summary>The sigmoids of what lies beyond are 0 and 1: exp(-62) and 1 have the sum 1, and times 2^-32 it is no denormal number.</summary>
    private const float LeastOfSigmoid = -105f;
    private const float GreatestOfSigmoid = 62f;

    /// <summary>The tangents of what lies beyond are -1 and 1.</summary>
    private const float GreatestOfTanh = 9.02f;

    /// <summary>Below it, exp(x) - 1 is -1 to the last bit.</summary>
    private const float LeastExponentMinusOne = -30f;

    private static readonly Number Half = new(0.5f);
    private static readonly Number One = new(1f);

    public static Function Exp() => Define(
        nameof(OpKind.Exp),
        "exp(x), within 1.1 ULP, denormal numbers included: 2^n exp(r) with n the whole number nearest to x / ln 2 and r = x - n ln 2.",
        body =>
        {
            Local y = body.Let("y", Primitive.Min, new Number(GreatestExponent), new Apply(Primitive.Max, new Number(LeastExponent), X));
            Power(body, y);
        });

    public static Function Expm1() => Define(
        nameof(OpKind.Expm1),
        "exp(x) - 1, within 1.7 ULP: 2^n (exp(r) - 1) + (2^n - 1), computed as twice its half, as 2^n may overflow where the result does not.",
        body =>
        {
            Local y = body.Let("y", Primitive.Min, new Number(GreatestExponent), new Apply(Primitive.Max, new Number(LeastExponentMinusOne), X));
            (Local n, Local q) = Reduce(body, y);
            Local power = body.Let("power", Scale, One, new Apply(Subtract, n, One));
            Local half = body.Let("half", MultiplyAdd, power, q, new Apply(Subtract, power, Half));

            // Half of a denormal number loses a bit, and q has lost the sign of a zero.
            body.Return(SelectLess, new Apply(Primitive.Abs, X), new Number(1e-8f), X, new Apply(Add, half, half));
        });

    /// <summary>
    /// c / (c + c exp(-x)), whose denominator is rounded once. The power of two in c = 1.75 2^-32 lets exp(-x) be of any size; of its other factor's values,
    /// 1.75 keeps the greatest error of the denominator and that of the quotient from falling together.
    /// </summary>
    public static Function Sigmoid() => Define(
        nameof(OpKind.Sigmoid),
        "1 / (1 + exp(-x)), within 2 ULP, denormal numbers included: x = r - n ln 2, exp(-r) = 1 - p, and 2^n (1 - p) + 1 is a fused sum.",
        body =>
        {
            Number c = new(1.75f / 4294967296f);
            Local y = body.Let("y", Primitive.Min, new Number(GreatestOfSigmoid), new Apply(Primitive.Max, new Number(LeastOfSigmoid), X));
            Local rounded = body.Let("rounded", MultiplyAdd, y, new Number(-Log2E), new Number(RoundToWhole));
            Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));
            Local rest = body.Let("rest", MultiplyAdd, n, new Number(Ln2High), y);
            Local r = body.Let("r", MultiplyAdd, n, new Number(Ln2Low), rest);
            (Local square, Local low, Local high) = Pairs(body, r, sign: -1);

            // p in three sums of which no more than two wait for each other: its last bit is lost in that of the denominator.
            Local first = body.Let("first", NegateMultiplyAdd, square, low, r);
            Local fourth = body.Let("fourth", Multiply, square, square);
            Local p = body.Let("p", NegateMultiplyAdd, fourth, Top(body, square, high), first);
            Local power = body.Let("power", AddExponent, c, rounded);
            body.Return(Divide, c, new Apply(NegateMultiplyAdd, power, p, new Apply(Add, power, c)));
        });

    public static Function Tanh() => Define(
        nameof(OpKind.Tanh),
        "tanh(x), within 2 ULP: with e = exp(-2|x|) = 2^n (1 + q), numerator and denominator of (1 - e) / (1 + e) are fused sums; the sign is that of x.",
        body =>
        {
            Local magnitude = body.Let("magnitude", Primitive.Min, new Number(GreatestOfTanh), new Apply(Primitive.Abs, X));
            Local rounded = body.Let("rounded", MultiplyAdd, magnitude, new Number(-2f * Log2E), new Number(RoundToWhole));
            Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));

            // The rest of ln 2 does not matter: where n is not 0, e is not all of the result.
            Local r = body.Let("r", NegateMultiplyAdd, n, new Number(Ln2), new Apply(Multiply, new Number(-2f), magnitude));
            Local q = Polynomial(body, r);
            Local power = body.Let("power", AddExponent, One, rounded);
            Local numerator = body.Let("numerator", NegateMultiplyAdd, power, q, new Apply(Subtract, One, power));
            Local denominator = body.Let("denominator", MultiplyAdd, power, q, new Apply(Add, power, One));
            body.Return(CopySign, new Apply(Divide, numerator, denominator), X);
        });

    /// <summary>
    /// The polynomial, of degree 8, is minimax on [0, 4] for the relative error of the result, which it leaves below 5e-8, given the first coefficient,
    /// the float next to 2 / sqrt(pi). Beyond 4, the result is 1.
    /// </summary>
    public static Function Erf() => Define(
        nameof(OpKind.Erf),
        "erf(x), within 2.9 ULP: 1 - exp(-t p(t)) with the sign of x, where t is |x| and p(t) = -log(1 - erf(t)) / t, a polynomial.",
        body =>
        {
            Local t = body.Let("t", Primitive.Min, new Number(4f), new Apply(Primitive.Abs, X));
            Local t2 = body.Let("t2", Multiply, t, t);
            Expression p = body.Polynomial(
                "p", t, t2, 0.636617274f, 0.102799372f, -0.0192431129f, 2.50337390e-5f, 0.00146308890f, -0.000511452732f, 8.09743164e-5f, -4.87279826e-6f);
            Local first = body.Let("first", Multiply, t, new Number(-1.12837923f));
            Local y = body.Let("y", NegateMultiplyAdd, t2, p, first);
            Local m = DecayMinusOne(body, y);
            body.Return(CopySign, m, X);
        });

    /// <summary>Returns exp(y).</summary>
    private static void Power(Formula body, Local y)
    {
        (Local n, Local q) = Reduce(body, y);
        body.Return(Scale, body.Let("p", Add, q, One), n);
    }

    /// <summary>exp(y) - 1 for y that is not positive, without cancellation.</summary>
    private static Local DecayMinusOne(Formula body, Local y)
    {
        (Local n, Local q) = Reduce(body, y);
        Local power = body.Let("power", Scale, One, n);
        return body.Let("m", MultiplyAdd, power, q, new Apply(Subtract, power, One));
    }

    /// <summary>y = n ln 2 + r, and q = exp(r) - 1.</summary>
    private static (Local N, Local Q) Reduce(Formula body, Local y)
    {
        Local rounded = body.Let("rounded", MultiplyAdd, y, new Number(Log2E), new Number(RoundToWhole));
        Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));
        Local rest = body.Let("rest", NegateMultiplyAdd, n, new Number(Ln2High), y);
        Local r = body.Let("r", NegateMultiplyAdd, n, new Number(Ln2Low), rest);
        return (n, Polynomial(body, r));
    }

    /// <summary>
    /// exp(r) - 1 = r + square tail. The polynomial's relative error is below 6e-9 on |r| at most ln 2 / 2 (minimax, degree 6); its
    /// terms are added in pairs (Estrin), which is a shorter wait than one after another.
    /// </summary>
    private static Local Polynomial(Formula body, Local r)
    {
        (Local square, Local low, Local high) = Pairs(body, r, sign: 1);
        Local tail = body.Let("tail", MultiplyAdd, Top(body, square, high), square, low);
        return body.Let("q", MultiplyAdd, square, tail, r);
    }

    /// <summary>The square of r, and two pairs of the polynomial's terms: those of degree 2 and 3, and of degree 4 and 5, at sign r.</summary>
    private static (Local Square, Local Low, Local High) Pairs(Formula body, Local r, float sign) => (
        body.Let("square", Multiply, r, r),
        body.Let("low", MultiplyAdd, new Number(sign * 0.166665182f), r, Half),
        body.Let("high", MultiplyAdd, new Number(sign * 0.00836888980f), r, new Number(0.0416662060f)));

    /// <summary>The terms of degree 4 to 6.</summary>
    private static Local Top(Formula body, Local square, Local high) => body.Let("top", MultiplyAdd, new Number(0.00139504904f), square, high);
}
