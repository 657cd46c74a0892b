using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Lower.Formula;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>Functions that begin with the exponential of a number.</summary>
public static class Exponentials
{
    /// <summary>The exponential of a number that is not positive, which functions call.</summary>
    public const string DecayName = "Decay";

    /// <summary>ln 2 as the sum of two floats.</summary>
    public const float Ln2High = 0.6931472f;
    public const float Ln2Low = -1.9046542e-9f;

    private const float Log2E = 1.442695f;

    /// <summary>1.5 2^23: a float beside it has no bits for a fraction, so that adding it rounds to a whole number.</summary>
    private const float RoundToWhole = 12582912f;

    /// <summary>The exponentials of what lies beyond are 0 and infinity.</summary>
    private const float LeastExponent = -105f;
    private const float GreatestExponent = 89f;

    /// <summary>Below it, exp(x) - 1 is -1 to the last bit.</summary>
    private const float LeastExponentMinusOne = -30f;

    private static readonly Number Half = new(0.5f);
    private static readonly Number One = new(1f);

    public static Function Decay() => Define(
        DecayName,
        "exp(x) for x in [-105, 0], within 1.1 ULP: 2^n exp(r) with n the whole number nearest to x / ln 2 and r = x - n ln 2.",
        body =>
        {
            Local y = body.Let("y", Primitive.Max, new Number(LeastExponent), X);
            Power(body, y);
        });

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
        "exp(x) - 1, within 1.6 ULP: 2^n (exp(r) - 1) + (2^n - 1), computed as twice its half, as 2^n may overflow where the result does not.",
        body =>
        {
            Local y = body.Let("y", Primitive.Min, new Number(GreatestExponent), new Apply(Primitive.Max, new Number(LeastExponentMinusOne), X));
            (Local n, Local r, Local square, Local tail) = Reduce(body, y);
            Local q = body.Let("q", MultiplyAdd, square, tail, r);
            Local power = body.Let("power", Scale, One, new Apply(Subtract, n, One));
            Local half = body.Let("half", MultiplyAdd, power, q, new Apply(Subtract, power, Half));

            // Half of a denormal number loses a bit, and q has lost the sign of a zero.
            body.Return(SelectLess, new Apply(Primitive.Abs, X), new Number(1e-8f), X, new Apply(Add, half, half));
        });

    public static Function Sigmoid() => Define(
        nameof(OpKind.Sigmoid),
        "1 / (1 + exp(-x)), within 2.5 ULP: with e = exp(-|x|), which cannot overflow, it is 1 / (1 + e), or e / (1 + e) where x is less than 0.",
        body =>
        {
            Local e = body.Let("e", new Call(DecayName, new Apply(NegateAbs, X)));
            Local numerator = body.Let("numerator", SelectLess, X, new Number(0f), e, One);
            body.Return(Divide, numerator, new Apply(Add, One, e));
        });

    public static Function Tanh() => Define(
        nameof(OpKind.Tanh),
        "tanh(x), within 2.5 ULP: with m = exp(-2|x|) - 1, computed without cancellation, it is -m / (m + 2) with the sign of x.",
        body =>
        {
            Local y = body.Let("y", Primitive.Max, new Number(LeastExponentMinusOne), new Apply(Multiply, new Number(2f), new Apply(NegateAbs, X)));
            Local m = DecayMinusOne(body, y);
            Local magnitude = body.Let("magnitude", Divide, new Apply(Subtract, new Number(0f), m), new Apply(Add, m, new Number(2f)));
            body.Return(CopySign, magnitude, X);
        });

    /// <summary>
    /// The polynomial, of degree 8, is minimax on [0, 4] for the relative error of the result, which it leaves below 5e-8, given the first coefficient,
    /// the float next to 2 / sqrt(pi). Beyond 4, the result is 1.
    /// </summary>
    public static Function Erf() => Define(
        nameof(OpKind.Erf),
        "erf(x), within 2.7 ULP: 1 - exp(-t p(t)) with the sign of x, where t is |x| and p(t) = -log(1 - erf(t)) / t, a polynomial.",
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
        (Local n, Local r, Local square, Local tail) = Reduce(body, y);
        Local p = body.Let("p", Add, new Apply(MultiplyAdd, square, tail, r), One);
        body.Return(Scale, p, n);
    }

    /// <summary>exp(y) - 1 for y that is not positive, without cancellation.</summary>
    private static Local DecayMinusOne(Formula body, Local y)
    {
        (Local n, Local r, Local square, Local tail) = Reduce(body, y);
        Local q = body.Let("q", MultiplyAdd, square, tail, r);
        Local power = body.Let("power", Scale, One, n);
        return body.Let("m", MultiplyAdd, power, q, new Apply(Subtract, power, One));
    }

    /// <summary>
    /// y = n ln 2 + r, and exp(r) = 1 + r + square tail. The polynomial's relative error is below 6e-9 on |r| at most ln 2 / 2 (minimax, degree 6); its
    /// terms are added in pairs (Estrin), which is a shorter wait than one after another.
    /// </summary>
    private static (Local N, Local R, Local Square, Local Tail) Reduce(Formula body, Local y)
    {
        Local rounded = body.Let("rounded", MultiplyAdd, y, new Number(Log2E), new Number(RoundToWhole));
        Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));
        Local rest = body.Let("rest", NegateMultiplyAdd, n, new Number(Ln2High), y);
        Local r = body.Let("r", NegateMultiplyAdd, n, new Number(Ln2Low), rest);
        Local square = body.Let("square", Multiply, r, r);
        Local low = body.Let("low", MultiplyAdd, new Number(0.166665182f), r, Half);
        Local high = body.Let("high", MultiplyAdd, new Number(0.00836888980f), r, new Number(0.0416662060f));
        Local top = body.Let("top", MultiplyAdd, new Number(0.00139504904f), square, high);
        Local tail = body.Let("tail", MultiplyAdd, top, square, low);
        return (n, r, square, tail);
    }
}
