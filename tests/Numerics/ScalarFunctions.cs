using System;

namespace Recurrent.Tests.Numerics;

/// <summary>Functions of one number in double precision, with a relative error far below that of a float.</summary>
internal static class ScalarFunctions
{
    public static double Exact(string name, double x) => name switch
    {
        "Sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "Tanh" => Math.Tanh(x),
        "PowerSigmoid" => x > 0 ? Math.Pow(2, -x) / (1 + Math.Pow(2, -x)) : 1 / (1 + Math.Pow(2, x)),
        "Relu" => x > 0 || double.IsNaN(x) ? x : 0,
        "Positive" => x > 0 ? 1 : 0,
        "Exp" => Math.Exp(x),
        "Expm1" => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1,
        "Softplus" => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))),
        "Log" => Math.Log(x),
        "Log1p" => Log1p(x),
        "Sqrt" => Math.Sqrt(x),
        "Abs" => Math.Abs(x),
        "Sign" => double.IsNaN(x) ? x : Math.Sign(x),
        "Erf" => Erf(x),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a function of one number."),
    };

    private static double Log1p(double x) => Math.Abs(x) < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);

    /// <summary>2 / sqrt(pi) exp(-x x) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...), whose terms have one sign.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double sum = x;
        double term = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
