using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of minimal gated recurrent units, whose gate and candidate read the input alone.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="positive">
/// Whether the candidate goes through g(x) = x + 0.5 for x of at least 0, Sigmoid(x) below: the paper's form for training in log space, whose states are never negative.
/// </param>
public sealed class MinGruAttribute(int hiddenSize, bool positive = false) : LayerAttribute<MinGru>(hiddenSize)
{
    /// <summary>Whether the candidate is greater than 0.</summary>
    public bool Positive { get; } = positive;
}

/// <summary>The minGRU of Feng, Tung, Ahmed, Bengio and Hajimirsadeghi, Were RNNs All We Needed?, 2024, section 3.1; with g, appendix B.</summary>
/// <remarks>z = sigmoid(Wz x + bz), h' = (1 - z) h + z (Wh x + bh).</remarks>
[Cell]
public readonly struct MinGru
{
    /// <summary>One time step.</summary>
    [Tensor("weight_l0", nameof(Wz), nameof(Wh), Fan = "input")]
    [Tensor("bias_l0", nameof(bz), nameof(bh), Fan = "input")]
    public static Vec Step(
        Vec x, Vec h,
        Mat Wz, Mat Wh,
        Vec bz, Vec bh,
        bool positive = false)
    {
        Vec z = Sigmoid(Wz * x + bz);
        Vec v = Wh * x + bh;
        Vec candidate = positive ? Relu(v) + Sigmoid(Min(v, 0)) : v;
        return (1 - z) * h + z * candidate;
    }
}
