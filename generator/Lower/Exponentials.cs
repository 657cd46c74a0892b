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

    /// <summary>Below it, exp(x) - 1 is -1 to the last bit.</summary>
    private const float LeastExponentMinusOne = -30f;

    private static readonly Number Half = new(0.5f);
    private static readonly Number One = new(1f);

    public static Function Exp() => Define(
        nameof(OpKind.Exp),
        "exp(x), within 1.1 ULP and monotone, denormal numbers included: 2^n exp(r) with n the whole number nearest to x / ln 2 and r = x - n ln 2.",
        body =>
        {
            Local y = body.Let("y", Primitive.Min, new Number(GreatestExponent), new Apply(Primitive.Max, new Number(LeastExponent), X));
            body.Return(Power(body, y));
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
        "1 / (1 + exp(-x)), within 2 ULP and monotone, denormal numbers included: x = r - n ln 2, exp(-r) = 1 - p, and 2^n (1 - p) + 1 is a fused sum.",
        body =>
        {
            Number c = new(1.75f / 4294967296f);
            Local y = body.Let("y", Primitive.Min, new Number(GreatestOfSigmoid), new Apply(Primitive.Max, new Number(LeastOfSigmoid), X));
            Local rounded = body.Let("rounded", MultiplyAdd, y, new Number(-Log2E), new Number(RoundToWhole));
            Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));
            Local rest = body.Let("rest", MultiplyAdd, n, new Number(Ln2High), y);
            Local r = body.Let("r", MultiplyAdd, n, new Number(Ln2Low), rest);
            Local p = Polynomial(body, r, sign: -1);
            Local power = body.Let("power", AddExponent, c, rounded);
            body.Return(Divide, c, new Apply(NegateMultiplyAdd, power, p, new Apply(Add, power, c)));
        });

    /// <summary>
    /// Near 0 as much as the logarithm of 2 and half of x, and an even remainder, log(cosh(x / 2)): minimax in x x on [0, 1], relative error below 1e-8. Beyond, the exponential is at most
    /// exp(-1), and log(1 + e) = e + e e tail (minimax, degree 5, below 6e-9). Terms are small beside what they are added to, so that rounding never turns the sum back.
    /// </summary>
    public static Function Softplus() => Define(
        nameof(OpKind.Softplus),
        "log(1 + exp(x)), within 1.6 ULP and monotone: ln 2 + x / 2 + log(cosh(x / 2)) where |x| is below 1, else max(x, 0) + log(1 + e) with e = exp(-|x|).",
        body =>
        {
            Local x2 = body.Let("x2", Multiply, X, X);
            Expression even = body.Polynomial(
                "even", x2, body.Let("x4", Multiply, x2, x2), 0.124999851f, -0.00520698354f, 0.000343282591f, -2.16452627e-05f);
            Local near = body.Let("near", Add, new Number(Ln2), new Apply(MultiplyAdd, x2, even, new Apply(Multiply, Half, X)));

            Local magnitude = body.Let("magnitude", Primitive.Abs, X);
            Local y = body.Let("y", Primitive.Max, new Number(LeastExponent), new Apply(Subtract, new Number(0f), magnitude));
            Local e = body.Let("e", Power(body, y));
            Local e2 = body.Let("e2", Multiply, e, e);
            Expression tail = body.Polynomial("tail", e, e2, -0.499999106f, 0.333284497f, -0.249101669f, 0.192229584f, -0.131085515f, 0.0533649325f);
            Local far = body.Let("far", Add, new Apply(Primitive.Max, new Number(0f), X), new Apply(MultiplyAdd, e2, tail, e));
            body.Return(SelectLess, magnitude, One, near, far);
        });

    /// <summary>
    /// Near 0 x + x p(x x), of which the sum alone rounds by much (p minimax, degree 5, relative error below 2e-9). Beyond, g(z) = -log(1 - erf(t)) - 2 t is minimax for the error of the
    /// result, below 5e-9 (degree 6); as z is exact, and so is 2 t, and n ln 2 is taken from 2 t before g is, no large sum is rounded, and rounding never turns the result back.
    /// Beyond 4, it is 1.
    /// </summary>
    public static Function Erf() => Define(
        nameof(OpKind.Erf),
        "erf(x), within 1.2 ULP and monotone: x + x p(x x) where t = |x| is below 3/4, else 1 - exp(-2 t - g(t - 7/4)) with the sign of x; p and g are polynomials.",
        body =>
        {
            Local x2 = body.Let("x2", Multiply, X, X);
            Expression p = body.Polynomial(
                "p", x2, body.Let("x4", Multiply, x2, x2), 0.128379166f, -0.3761262f, 0.11283379f, -0.0268343352f, 0.00511315698f, -0.000673758332f);
            Local near = body.Let("near", MultiplyAdd, X, p, X);

            Local magnitude = body.Let("magnitude", Primitive.Abs, X);
            Local t = body.Let("t", Primitive.Min, new Number(4f), magnitude);
            Local z = body.Let("z", Subtract, t, new Number(1.75f));
            Expression g = body.Polynomial(
                "g", z, body.Let("z2", Multiply, z, z), 0.817863405f, 1.95960832f, 0.90993464f, 0.0205521137f, -0.00458205072f, 0.00098058756f, -0.000207707926f);
            Local twice = body.Let("twice", Multiply, new Number(-2f), t);
            Local rounded = body.Let("rounded", MultiplyAdd, new Apply(Subtract, twice, g), new Number(Log2E), new Number(RoundToWhole));
            Local n = body.Let("n", Subtract, rounded, new Number(RoundToWhole));
            Local rest = body.Let("rest", Subtract, new Apply(NegateMultiplyAdd, n, new Number(Ln2High), twice), g);
            Local q = Polynomial(body, body.Let("r", NegateMultiplyAdd, n, new Number(Ln2Low), rest));
            Local power = body.Let("power", AddExponent, One, rounded);
            Local far = body.Let("far", NegateMultiplyAdd, power, q, new Apply(Subtract, One, power));
            body.Return(SelectLess, magnitude, new Number(0.75f), near, new Apply(CopySign, far, X));
        });

    /// <summary>exp(y).</summary>
    private static Expression Power(Formula body, Local y)
    {
        (Local n, Local q) = Reduce(body, y);
        return new Apply(Scale, body.Let("p", Add, q, One), n);
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
    /// sign (exp(sign r) - 1) = r + square tail. The polynomial's relative error is below 6e-9 on |r| at most ln 2 / 2 (minimax, degree 6); its
    /// terms are added in pairs (Estrin), which is a shorter wait than one after another. What is added to r is far smaller: the result never turns back, nor do sums with it that are rounded once.
    /// </summary>
    private static Local Polynomial(Formula body, Local r, float sign = 1)
    {
        Local square = body.Let("square", Multiply, r, r);
        Local low = body.Let("low", MultiplyAdd, new Number(sign * 0.166665182f), r, Half);
        Local high = body.Let("high", MultiplyAdd, new Number(sign * 0.00836888980f), r, new Number(0.0416662060f));
        Local top = body.Let("top", MultiplyAdd, new Number(0.00139504904f), square, high);
        Local tail = body.Let("tail", MultiplyAdd, top, square, low);
        return body.Let("q", sign < 0 ? NegateMultiplyAdd : MultiplyAdd, square, tail, r);
    }
}
