using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of minimal long short-term memory, whose gates and candidate read the input alone.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="positive">
/// Whether the candidate goes through g(x) = x + 0.5 for x of at least 0, Sigmoid(x) below: the paper's form for training in log space, whose states are never negative.
/// </param>
public sealed class MinLstmAttribute(int hiddenSize, bool positive = false) : LayerAttribute<MinLstm>(hiddenSize)
{
    /// <summary>Whether the candidate is greater than 0.</summary>
    public bool Positive { get; } = positive;
}

/// <summary>The minLSTM of Feng, Tung, Ahmed, Bengio and Hajimirsadeghi, Were RNNs All We Needed?, 2024, section 3.2; with g, appendix B.</summary>
/// <remarks>h' = (sf h + si (Wh x + bh)) / (sf + si), where sf = sigmoid(Wf x + bf) and si = sigmoid(Wi x + bi).</remarks>
[Cell]
public readonly struct MinLstm
{
    /// <summary>One time step.</summary>
    [Tensor("weight_l0", nameof(Wf), nameof(Wi), nameof(Wh), Fan = "input")]
    [Tensor("bias_l0", nameof(bf), nameof(bi), nameof(bh), Fan = "input")]
    public static Vec Step(
        Vec x, Vec h,
        Mat Wf, Mat Wi, Mat Wh,
        Vec bf, Vec bi, Vec bh,
        bool positive = false)
    {
        // The paper's Sigmoid(f) / (Sigmoid(f) + Sigmoid(i)), also where both are too small for a float: a / (a + b) = Sigmoid(log a - log b).
        Vec f = Sigmoid(Softplus(-(Wi * x + bi)) - Softplus(-(Wf * x + bf)));
        Vec v = Wh * x + bh;
        Vec candidate = positive ? Relu(v) + Sigmoid(Min(v, 0)) : v;
        return f * h + (1 - f) * candidate;
    }
}
