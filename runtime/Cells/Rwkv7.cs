using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of RWKV-7's time mixing: one head, as wide as the output.</summary>
/// <param name="hiddenSize">Floats of the output, and rows and columns of the memory; at least 1.</param>
/// <param name="decayRank">Floats between the two matrices that give the decay w; at least 1.</param>
/// <param name="rateRank">Floats between the two matrices that give the in-context learning rate a; at least 1.</param>
/// <param name="gateRank">Floats between the two matrices that give the gate g; at least 1.</param>
public sealed class Rwkv7Attribute(int hiddenSize, int decayRank = 32, int rateRank = 32, int gateRank = 32) : LayerAttribute<Rwkv7>(hiddenSize)
{
    /// <summary>Floats between the two matrices that give the decay.</summary>
    public int DecayRank { get; } = decayRank;

    /// <summary>Floats between the two matrices that give the in-context learning rate.</summary>
    public int RateRank { get; } = rateRank;

    /// <summary>Floats between the two matrices that give the gate.</summary>
    public int GateRank { get; } = gateRank;
}

/// <summary>
/// RWKV-7's time mixing: Peng, Zhang, Goldstein, Alcaide, Du, Hou, Lin, Liu, Lu, Merrill, Song, Tan, Utpala, Wilce, Wind, Wu, Wuttke and Zhou-Zheng, RWKV-7 "Goose" with Expressive
/// Dynamic State Evolution, 2025, section 4: S = S (diag(w) - kappa^T (a kappa)) + v^T k, whose rows are of values and whose columns are of keys.
/// </summary>
/// <remarks>
/// The mixing of v with the first layer's v is left out: a cell reads its own input alone. Where x and the input before are 0, so is kappa: 1e-12 is
/// added to its squared norm, so that it has a derivative there.
/// </remarks>
[Cell]
public readonly struct Rwkv7
{
    /// <summary>One time step.</summary>
    public static (Vec y, Vec previous, Mat S) Step(
        Vec x,
        [Shape("input")] Vec previous, [Shape("hidden", "hidden")] Mat S,
        [Init(Initializer.Constant, Value = 0.5)] Vec mixR, [Init(Initializer.Constant, Value = 0.5)] Vec mixW, [Init(Initializer.Constant, Value = 0.5)] Vec mixK,
        [Init(Initializer.Constant, Value = 0.5)] Vec mixV, [Init(Initializer.Constant, Value = 0.5)] Vec mixA, [Init(Initializer.Constant, Value = 0.5)] Vec mixG,
        Mat Wr, Mat Wk, Mat Wv, [Shape("hidden", "hidden")] Mat Wo,
        [Init(Initializer.Constant, Value = -2)] Vec w0, [Shape("decayRank", "input")] Mat w1, Mat w2,
        [Init(Initializer.Zeros)] Vec a0, [Shape("rateRank", "input")] Mat a1, Mat a2,
        [Shape("gateRank", "input")] Mat g1, Mat g2,
        [Init(Initializer.Ones)] Vec removal, [Init(Initializer.Ones)] Vec replacement, [Init(Initializer.Zeros)] Vec bonus,
        [Init(Initializer.Ones)] Vec normWeight, [Init(Initializer.Zeros)] Vec normBias,
        [Setting] double epsilon = 64e-5, int decayRank = 32, int rateRank = 32, int gateRank = 32)
    {
        Vec shift = previous - x;
        Vec r = Wr * (x + shift * mixR);
        Vec k = Wk * (x + shift * mixK);
        Vec v = Wv * (x + shift * mixV);
        Vec w = Exp(-0.6065306597126334 * Sigmoid(w0 + w2 * Tanh(w1 * (x + shift * mixW))));
        Vec a = Sigmoid(a0 + a2 * (a1 * (x + shift * mixA)));
        Vec g = g2 * Sigmoid(g1 * (x + shift * mixG));
        Vec removed = k * removal;
        Vec kappa = removed * Rsqrt(Dot(removed, removed) + 1e-12);
        Vec key = k * (1 + (a - 1) * replacement);
        Mat next = ScaleColumns(S, w) - Outer(S * kappa, a * kappa) + Outer(v, key);
        Vec read = LayerNorm(next * r, normWeight, normBias, epsilon) + Dot(r, bonus * key) * v;
        return (Wo * (g * read), x, next);
    }
}
