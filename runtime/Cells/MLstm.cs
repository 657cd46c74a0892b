using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of xLSTM's cells with matrix memory: one head.</summary>
/// <param name="hiddenSize">Floats of the output and of the values that the memory holds; at least 1.</param>
/// <param name="keySize">Floats of the keys by which it is asked; 0 for as many as <paramref name="hiddenSize"/>.</param>
/// <param name="exponentialForget">Whether the forget gate is an exponential, like the input gate, and not a sigmoid.</param>
public sealed class MLstmAttribute(int hiddenSize, int keySize = 0, bool exponentialForget = false) : LayerAttribute<MLstm>(hiddenSize)
{
    /// <summary>Floats of the keys, or 0.</summary>
    public int KeySize { get; } = keySize;

    /// <summary>Whether the forget gate is an exponential, like the input gate, and not a sigmoid.</summary>
    public bool ExponentialForget { get; } = exponentialForget;
}

/// <summary>
/// mLSTM, a memory of values by keys with exponential gates: Beck, Pöppel, Spanring, Auer, Prudnikova, Kopp, Klambauer, Brandstetter and Hochreiter,
/// xLSTM: Extended Long Short-Term Memory, 2024, section 2.3, in the stabilised form of the appendix.
/// </summary>
/// <remarks>
/// i = exp(wi x + bi), f = sigmoid(wf x + bf), C' = f C + i v k^T, n' = f n + i k, h = o C' q / max(|n' q|, 1), where q, k, v and o read x.
/// C and n are kept divided by e^m, which the output does not depend on: its denominator, at least 1, is at least e^-m here. So a state of zeros is the start.
/// </remarks>
[Cell]
public readonly struct MLstm
{
    /// <summary>One time step.</summary>
    public static (Vec h, Mat C, Vec n, double m) Step(
        Vec x,
        [Shape("hidden", "keySize or hidden")] Mat C, [Shape("keySize or hidden")] Vec n, double m,
        Mat Wq, Mat Wk, Mat Wv, Mat Wo, Vec wi, Vec wf,
        [Init(Initializer.Zeros)] Vec bq, [Init(Initializer.Zeros)] Vec bk, [Init(Initializer.Zeros)] Vec bv, [Init(Initializer.Zeros)] Vec bo,
        [Init(Initializer.Zeros)] double bi, [Init(Initializer.Constant, Value = 3)] double bf,
        int keySize = 0, bool exponentialForget = false)
    {
        Vec q = Wq * x + bq;
        Vec k = (Wk * x + bk) / Sqrt(n.Length);
        Vec v = Wv * x + bv;
        Vec o = Sigmoid(Wo * x + bo);
        double i = Dot(wi, x) + bi;
        double f = Dot(wf, x) + bf;
        double kept = (exponentialForget ? f : -Softplus(-f)) + m;
        double nextM = Max(kept, i);
        double input = Exp(i - nextM);
        double forget = Exp(kept - nextM);
        Mat nextC = forget * C + input * Outer(v, k);
        Vec nextN = forget * n + input * k;
        Vec h = nextC * q / Max(Abs(Dot(nextN, q)), Exp(-nextM));
        return (o * h, nextC, nextN, nextM);
    }
}
