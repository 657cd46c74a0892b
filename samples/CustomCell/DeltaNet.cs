using Recurrent;
using static Recurrent.Equations;

/// <summary>
/// A memory that is a matrix: what it holds under a key is replaced by a new value, and what it holds under other keys stays. Yang, Wang, Zhang, Shen and Kim,
/// Parallelizing Linear Transformers with the Delta Rule over Sequence Length, 2024.
/// </summary>
[Cell]
public readonly struct DeltaNet
{
    public static (Vec y, Mat S) Step(Vec x, [Shape("hidden", "hidden")] Mat S, Mat Wq, Mat Wk, Mat Wv, Vec wBeta, double bBeta)
    {
        Vec key = Unit(Silu(Wk * x));
        double beta = Sigmoid(Dot(wBeta, x) + bBeta);
        Mat next = S + beta * Outer(Wv * x - S * key, key);
        return (next * Unit(Silu(Wq * x)), next);
    }

    private static Vec Unit(Vec v) => v / (Norm(v) + 1e-6);
}
