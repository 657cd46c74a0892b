using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;
using static Recurrent.Gen.Lower.Formula;
using static Recurrent.Gen.Schedule.Primitive;

namespace Recurrent.Gen.Lower;

/// <summary>Functions that are a polynomial of their own on each of eight segments: they wait for no division and for no exponential.</summary>
public static class Segments
{
    /// <summary>
    /// Segments of |x| + 3/4 are 2^n to 1.5 2^n and 1.5 2^n to 2^(n + 1): those of |x| end at 1/4, 3/4, 5/4, 9/4, 13/4, 21/4, 29/4. The bits of 3/4
    /// put the first of them at place 5 of a table, and the fourth at place 0.
    /// </summary>
    private const float OffsetOfTanh = 0.75f;
    private const float LastSegmentOfTanh = 8f;
    private const int FirstPlaceOfTanh = 5;

    /// <summary>Where the first segment ends.</summary>
    private const float FirstEndOfTanh = 0.25f;

    /// <summary>The tangents of what lies beyond are -1 and 1.</summary>
    private const float GreatestOfTanh = 9.03f;

    /// <summary>
    /// For each segment, in ascending order, a centre k and the coefficients of tanh(k + t), the constant term first: minimax, with an error below 0.6 ULP. Each centre is a float whose tangent is a
    /// float but for a thousandth of a unit in the last place. The first segment's polynomial is that of tanh(t) - t.
    /// </summary>
    private static readonly float[][] Tangents =
    [
        [0f, 0f, 0f, 0f, -0.33333239f, 0f, 0.133241788f, 0f, -0.0514233708f],
        [0.473783106f, 0.44125092f, 0.805297613f, -0.355338037f, -0.111637905f, 0.167670846f, -0.0189279951f, -0.0542894006f, 0.0262230802f],
        [0.999794006f, 0.76150763f, 0.420106113f, -0.319914252f, 0.103583135f, 0.0277858768f, -0.0463801436f, 0.0181364082f, 0.00310825719f],
        [1.74884033f, 0.94124341f, 0.114060864f, -0.107356593f, 0.063029483f, -0.0236000177f, 0.00369972456f, 0.0024064742f, -0.00204401952f],
        [2.74809265f, 0.99182874f, 0.0162757523f, -0.0161427557f, 0.0105855344f, -0.00511817262f, 0.00191050861f, -0.00054704037f, 0.000100997291f],
        [4.23983765f, 0.999584794f, 0.000830224424f, -0.000830386358f, 0.000553012593f, -0.000272982492f, 0.000109233515f, -4.14575261e-05f, 1.13710084e-05f],
        [6.25018311f, 0.999992549f, 1.49005236e-05f, -1.49101606e-05f, 9.94069705e-06f, -4.91024957e-06f, 1.96388214e-06f, -7.58290525e-07f, 2.16349292e-07f],
        [8.11509705f, 0.999999821f, 3.57582422e-07f, -3.57176333e-07f, 2.38379783e-07f, -1.20095436e-07f, 4.76927511e-08f, -1.6214015e-08f, 4.694654e-09f],
    ];

    /// <summary>
    /// t r + tanh(k), which is rounded once: t is exact, and t r is small beside the tangent of the centre k, so that what rounding makes of r never turns the sum back. In the first segment
    /// |x| stands for that tangent.
    /// </summary>
    public static Function Tanh() => Define(
        nameof(OpKind.Tanh),
        "tanh(x), within 1.8 ULP and monotone: |x| = k + t with a centre k for each of eight segments, and a polynomial in t; the sign is that of x.",
        body =>
        {
            Local magnitude = body.Let("magnitude", Primitive.Abs, X);
            Local segment = body.Let("segment", Segment, new Apply(Add, magnitude, new Number(OffsetOfTanh)), new Number(LastSegmentOfTanh));
            Local y = body.Let("y", Primitive.Min, new Number(GreatestOfTanh), magnitude);
            Local t = body.Let("t", Subtract, y, Of(0));
            Local square = body.Let("square", Multiply, t, t);
            Local high = body.Let("high", MultiplyAdd, Of(8), square, new Apply(MultiplyAdd, Of(7), t, Of(6)));
            Local low = body.Let("low", MultiplyAdd, square, new Apply(MultiplyAdd, Of(5), t, Of(4)), new Apply(MultiplyAdd, Of(3), t, Of(2)));
            Local r = body.Let("r", MultiplyAdd, new Apply(Multiply, square, square), high, low);
            Local ofCentre = body.Let("ofCentre", Of(1));
            Local near = body.Let("near", Primitive.Min, new Number(FirstEndOfTanh), y);
            body.Return(CopySign, new Apply(MultiplyAdd, t, r, new Apply(Primitive.Max, ofCentre, near)), X);

            Apply Of(int column)
            {
                float[] ascending = [.. Tangents.Select(row => row[column])];
                int first = ascending.Length - FirstPlaceOfTanh;
                return new(Lookup, segment, new Table(ascending.Skip(first).Concat(ascending.Take(first)).ToEquatableArray()));
            }
        });
}
