using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of gated delta networks: one head.</summary>
/// <param name="hiddenSize">Floats of the output; at least 1.</param>
/// <param name="keySize">Floats of the keys by which the memory is asked; 0 for as many as <paramref name="hiddenSize"/>.</param>
/// <param name="valueSize">Floats of the values that it holds; 0 for as many as <paramref name="hiddenSize"/>.</param>
public sealed class GatedDeltaNetAttribute(int hiddenSize, int keySize = 0, int valueSize = 0) : LayerAttribute<GatedDeltaNet>(hiddenSize)
{
    /// <summary>Floats of the keys, or 0.</summary>
    public int KeySize { get; } = keySize;

    /// <summary>Floats of the values, or 0.</summary>
    public int ValueSize { get; } = valueSize;
}

/// <summary>
/// A memory of values by keys that forgets evenly (alpha) and corrects what it holds for the key at hand (beta): Yang, Kautz and Hatamizadeh, Gated Delta
/// Networks: Improving Mamba2 with Delta Rule, 2025: S = alpha S (I - beta k k^T) + beta v k^T. The output is normalised and gated as there.
/// </summary>
/// <remarks>
/// The short convolutions over time that the paper has in front of queries, keys and values, and may do without, are left out. Where x is 0, so are q and k: 1e-6 is added
/// to their squared norms, as in the authors' code, so that they have a derivative there.
/// </remarks>
[Cell]
public readonly struct GatedDeltaNet
{
    /// <summary>One time step.</summary>
    public static (Vec y, Mat S) Step(
        Vec x,
        [Shape("valueSize or hidden", "keySize or hidden")] Mat S,
        Mat Wq, Mat Wk, Mat Wv, Mat Wg, [Shape("hidden", "valueSize or hidden")] Mat Wo,
        Vec wa, [Init(Initializer.Constant, Value = -4)] double ba, [Init(Initializer.Zeros)] double logA, Vec wb,
        [Init(Initializer.Ones)] Vec norm,
        [Setting] double epsilon = 1e-5, int keySize = 0, int valueSize = 0)
    {
        Vec q = Direction(Silu(Wq * x));
        Vec k = Direction(Silu(Wk * x));
        Vec v = Silu(Wv * x);
        double alpha = Exp(-Exp(logA) * Softplus(Dot(wa, x) + ba));
        double beta = Sigmoid(Dot(wb, x));
        Vec error = v - alpha * (S * k);
        Mat next = alpha * S + Outer(beta * error, k);
        Vec o = RmsNorm(next * q, norm, epsilon) * Silu(Wg * x);
        return (Wo * o, next);
    }

    /// <summary>v / |v|.</summary>
    private static Vec Direction(Vec v) => v * Rsqrt(Dot(v, v) + 1e-6);
}
