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

    /// <summary>
    /// (2^r - 1) / r as a polynomial on |r| at most 1/2, the constant term first: minimax, degree 5, with a relative error below 2.2e-8. Its terms are added in
    /// pairs (Estrin), which is a shorter wait than one after another.
    /// </summary>
    private static readonly float[] Coefficients = [0.693147182f, 0.240226492f, 0.0555035733f, 0.00961823761f, 0.00133907353f, 0.000154035122f];

    /// <summary>c / (c + c 2^x), with c as in <see cref="Exponentials.Sigmoid"/>.</summary>
    public static Function Sigmoid() => Define(
        nameof(OpKind.PowerSigmoid),
        "1 / (1 + 2^x), within 2 ULP, monotone, denormal numbers included: x = n + r, 2^r = 1 + q, and 2^n (1 + q) + 1 is a fused sum.",
        body =>
        {
            Number c = new(1.75f / 4294967296f);
            Local y = body.Let("y", Primitive.Min, new Number(GreatestOfSigmoid), new Apply(Primitive.Max, new Number(LeastOfSigmoid), X));
            Local rounded = body.Let("rounded", Add, y, new Number(Exponentials.RoundToWhole));
            Local r = body.Let("r", Fraction, X, y, new Apply(Subtract, rounded, new Number(Exponentials.RoundToWhole)));

            // The first term of q is rounded in the last sum alone, and what is added to that is far smaller: q never turns back, nor do sums with it that are rounded once.
            Local square = body.Let("square", Multiply, r, r);
            Apply low = new(MultiplyAdd, At(2), r, At(1));
            Apply high = new(MultiplyAdd, At(5), square, new Apply(MultiplyAdd, At(4), r, At(3)));
            Apply tail = new(MultiplyAdd, new Apply(Multiply, square, square), high, new Apply(Multiply, square, low));
            Local q = body.Let("q", MultiplyAdd, r, At(0), tail);
            Local power = body.Let("power", AddExponent, c, rounded);
            body.Return(Divide, c, new Apply(MultiplyAdd, power, q, new Apply(Add, power, c)));

            static Number At(int degree) => new(Coefficients[degree]);
        });
}
