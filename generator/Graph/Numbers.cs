using System;

namespace Recurrent.Gen.Graph;

/// <summary>What element-wise operations make of numbers, in double precision.</summary>
public static class Numbers
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>The result of an operation on two numbers, or on one; null where it does not make one number of numbers.</summary>
    /// <param name="kind">The operation.</param>
    /// <param name="a">Its first operand.</param>
    /// <param name="b">Its second operand; not read where there is none.</param>
    public static double? Fold(OpKind kind, double a, double b = 0) => kind switch
    {
        OpKind.Add => a + b,
        OpKind.Subtract => a - b,
        OpKind.Multiply => a * b,
        OpKind.Divide => a / b,
        OpKind.Min => a < b || double.IsNaN(a) ? a : b,
        OpKind.Max => a > b || double.IsNaN(a) ? a : b,
        OpKind.Less => a < b ? 1 : 0,
        OpKind.Negate => -a,
        OpKind.Sigmoid => a < 0 ? Math.Exp(a) / (1 + Math.Exp(a)) : 1 / (1 + Math.Exp(-a)),
        OpKind.Tanh => Math.Tanh(a),
        OpKind.PowerSigmoid => 1 / (1 + Math.Pow(2, a)),
        OpKind.Relu => a > 0 || double.IsNaN(a) ? a : 0,
        OpKind.Positive => a > 0 ? 1 : 0,
        OpKind.Exp => Math.Exp(a),
        OpKind.Expm1 => Expm1(a),
        OpKind.Softplus => Math.Max(a, 0) + Log1p(Math.Exp(-Math.Abs(a))),
        OpKind.Log => Math.Log(a),
        OpKind.Log1p => Log1p(a),
        OpKind.Sqrt => Math.Sqrt(a),
        OpKind.Abs => Math.Abs(a),
        OpKind.Sign => a > 0 ? 1 : a < 0 ? -1 : a,
        OpKind.Erf => Erf(a),
        OpKind.Detach or OpKind.Sum or OpKind.Greatest => a,
        _ => null,
    };

    /// <summary>exp(a) - 1: Higham, Accuracy and Stability of Numerical Algorithms, second edition, 2002, section 1.14.1.</summary>
    private static double Expm1(double a)
    {
        double power = Math.Exp(a);
        double less = power - 1;
        return power == 1 ? a
            : less == -1 || double.IsInfinity(power) ? less
            : less * (a / Math.Log(power));
    }

    /// <summary>log(1 + a): Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic, 1991, theorem 4.</summary>
    private static double Log1p(double a)
    {
        double sum = 1 + a;
        return sum == 1 ? a
            : double.IsPositiveInfinity(sum) ? sum
            : Math.Log(sum) * (a / (sum - 1));
    }

    /// <summary>The error function: Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, formulas 7.1.6 and 7.1.14.</summary>
    private static double Erf(double a)
    {
        double x = Math.Abs(a);
        if (double.IsNaN(a) || a == 0 || x > 6)
        {
            return x > 6 ? Math.Sign(a) : a;
        }

        if (x < 2.5)
        {
            // No term is negative, so nothing cancels.
            double term = x;
            double sum = x;
            for (int n = 1; term > sum * 1e-17; n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }

            return Math.Sign(a) * TwoOverRootPi * Math.Exp(-x * x) * sum;
        }

        double fraction = 0;
        for (int n = 100; n > 0; n--)
        {
            fraction = n / 2.0 / (x + fraction);
        }

        return Math.Sign(a) * (1 - TwoOverRootPi / 2 * Math.Exp(-x * x) / (x + fraction));
    }
}
