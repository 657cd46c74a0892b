using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Lower.Formula;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>Functions that begin with a power of two: the argument has its factor log2 e already, and is reduced without rounding.</summary>
public static class Powers
{
    /// <summary>The sigmoids of what lies beyond are 1 and 0: 2^-90 and 1 have the sum 1, and times 2^-32 it is no denormal number.</summary>
    private const float LeastOfSigmoid = -90f;
    private const float GreatestOfSigmoid = 152f;

    /// <summary>The tangents of what lies beyond are -1 and 1.</summary>
    private const float GreatestOfTanh = 26.03f;

    /// <summary>
    /// (2^r - 1) / r as a polynomial on |r| at most 1/2, the constant term first: minimax, degree 5, with a relative error below 2.2e-8. Its terms are added in
    /// pairs (Estrin), which is a shorter wait than one after another.
    /// </summary>
    private static readonly float[] Coefficients = [0.693147182f, 0.240226492f, 0.0555035733f, 0.00961823761f, 0.00133907353f, 0.000154035122f];

    private static readonly Number One = new(1f);

    /// <summary>c / (c + c 2^x), with c as in <see cref="Exponentials.Sigmoid"/>.</summary>
    public static Function Sigmoid() => Define(
        nameof(OpKind.PowerSigmoid),
        "1 / (1 + 2^x), within 2 ULP, denormal numbers included: x = n + r, 2^r = 1 + q, and 2^n (1 + q) + 1 is a fused sum.",
        body =>
        {
            Number c = new(1.75f / 4294967296f);
            Local y = body.Let("y", Primitive.Min, new Number(GreatestOfSigmoid), new Apply(Primitive.Max, new Number(LeastOfSigmoid), X));
            Local rounded = body.Let("rounded", Add, y, new Number(Exponentials.RoundToWhole));
            Local n = body.Let("n", Subtract, rounded, new Number(Exponentials.RoundToWhole));
            Local r = body.Let("r", Subtract, y, n);
            Local square = body.Let("square", Multiply, r, r);
            Local low = body.Let("low", MultiplyAdd, new Number(Coefficients[1]), r, new Number(Coefficients[0]));
            Local high = body.Let("high", MultiplyAdd, new Number(Coefficients[3]), r, new Number(Coefficients[2]));
            Local top = body.Let("top", MultiplyAdd, new Number(Coefficients[5]), r, new Number(Coefficients[4]));
            Local upper = body.Let("upper", MultiplyAdd, top, square, high);
            Local slope = body.Let("slope", MultiplyAdd, upper, square, low);
            Local power = body.Let("power", AddExponent, c, rounded);
            body.Return(Divide, c, new Apply(MultiplyAdd, new Apply(Multiply, power, r), slope, new Apply(Add, power, c)));
        });

    /// <summary>The quotient of two sums that are each rounded once. Their common part is a polynomial in -r.</summary>
    public static Function Tanh() => Define(
        nameof(OpKind.PowerTanh),
        "(2^x - 1) / (2^x + 1), within 2 ULP: with e = 2^-|x| = 2^n (1 + q), numerator and denominator of (1 - e) / (1 + e) are fused sums; the sign is that of x.",
        body =>
        {
            static Number At(int degree) => new(degree % 2 == 0 ? -Coefficients[degree] : Coefficients[degree]);
            Local magnitude = body.Let("magnitude", Primitive.Min, new Number(GreatestOfTanh), new Apply(Primitive.Abs, X));
            Local rounded = body.Let("rounded", Subtract, new Number(Exponentials.RoundToWhole), magnitude);
            Local n = body.Let("n", Subtract, rounded, new Number(Exponentials.RoundToWhole));

            // 2^-r = 1 + q
            Local r = body.Let("r", Add, magnitude, n);

            // Where n is 0, the result is as exact as q: its first term is rounded in the last sum alone.
            Local square = body.Let("square", Multiply, r, r);
            Local low = body.Let("low", MultiplyAdd, At(2), r, At(1));
            Local high = body.Let("high", MultiplyAdd, At(4), r, At(3));
            Local top = body.Let("top", MultiplyAdd, At(5), square, high);
            Local tail = body.Let("tail", MultiplyAdd, top, square, low);
            Local q = body.Let("q", MultiplyAdd, r, At(0), new Apply(Multiply, square, tail));
            Local power = body.Let("power", AddExponent, One, rounded);
            Local numerator = body.Let("numerator", NegateMultiplyAdd, power, q, new Apply(Subtract, One, power));
            Local denominator = body.Let("denominator", MultiplyAdd, power, q, new Apply(Add, power, One));
            body.Return(CopySign, new Apply(Divide, numerator, denominator), X);
        });
}
