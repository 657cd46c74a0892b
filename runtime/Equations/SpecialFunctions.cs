using System;

namespace Recurrent;

/// <summary>Functions that <see cref="Math"/> lacks, to about the last bit of a double.</summary>
internal static class SpecialFunctions
{
    /// <summary>exp(x) - 1.</summary>
    /// <remarks>
    /// Near 0, with u = exp(x) as it was rounded, (u - 1) / log(u) has the error of u in both of its parts, and so is accurate where u - 1 is
    /// not: Higham, Accuracy and stability of numerical algorithms, 2002, section 1.14.1, after Kahan.
    /// </remarks>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x
            : Math.Abs(x) >= 1 ? u - 1
            : (u - 1) / Math.Log(u) * x;
    }

    /// <summary>log(1 + x).</summary>
    /// <remarks>
    /// With u = 1 + x as it was rounded, log(u) / (u - 1) is accurate, as it varies little near u: Goldberg, What every computer scientist should know
    /// about floating-point arithmetic, ACM Computing Surveys 23, 1991, theorem 4.
    /// </remarks>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x
            : double.IsPositiveInfinity(u) ? u
            : Math.Log(u) / (u - 1) * x;
    }

    /// <summary>2 / sqrt(pi) times the integral of exp(-t t) from 0 to x.</summary>
    public static double Erf(double x) =>
        double.IsNaN(x) ? x
        : x < 0 ? -Erf(-x)
        : x < 1 ? Series(x)
        : 1 - Fraction(x);

    /// <summary>1 - erf(x), without cancellation where x is large.</summary>
    public static double Erfc(double x) => x < 1 || double.IsNaN(x) ? 1 - Erf(x) : Fraction(x);

    /// <summary>
    /// The error function: Abramowitz and Stegun, Handbook of mathematical functions, 7.1.6,
    /// 2 / sqrt(pi) exp(-x x) times the sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)), all of whose terms have one sign.
    /// </summary>
    private static double Series(double x)
    {
        double sum = x;
        double term = x;
        for (int n = 1; term > sum * 1e-18; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * ExpOfMinusSquare(x) * sum;
    }

    /// <summary>
    /// The complement of the error function: Abramowitz and Stegun 7.1.14,
    /// sqrt(pi) exp(x x) erfc(x) = 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...)))), x at least 1.
    /// </summary>
    private static double Fraction(double x)
    {
        if (x > 28)
        {
            return 0; // exp(-784) is below the least double
        }

        // What n levels leave out falls as exp(-2 x sqrt(2 n)), and this is below 2^-54 from n = 176 / x^2 on.
        double tail = x;
        for (int n = 16 + (int)(200 / (x * x)); n >= 1; n--)
        {
            tail = x + (n / 2.0 / tail);
        }

        return ExpOfMinusSquare(x) / (Math.Sqrt(Math.PI) * tail);
    }

    /// <summary>exp(-x x), with what the rounding of the square leaves over as a factor of its own.</summary>
    private static double ExpOfMinusSquare(double x)
    {
        double square = x * x;
        double rest = Math.FusedMultiplyAdd(x, x, -square);
        return Math.Exp(-square) * (1 - rest);
    }
}
