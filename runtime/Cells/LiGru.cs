using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of light gated recurrent units: no reset gate, and a candidate without an upper bound.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="scaled">
/// Whether the products with the input have a factor for each row. With the bias, that is the paper's batch normalization as it is applied after training: a
/// factor of gamma / sqrt(variance + epsilon), and a bias of beta - mean times that factor.
/// </param>
public sealed class LiGruAttribute(int hiddenSize, bool scaled = false) : LayerAttribute<LiGru>(hiddenSize)
{
    /// <summary>Whether the products with the input have a factor for each row.</summary>
    public bool Scaled { get; } = scaled;
}

/// <summary>
/// The light gated recurrent unit of Ravanelli, Brakel, Omologo and Bengio, Light Gated Recurrent Units for Speech Recognition, 2018, equations 6. Recurrent
/// matrices start orthogonal, as in the paper.
/// </summary>
/// <remarks>z = sigmoid(Wz x + Uz h + bz), h' = z h + (1 - z) relu(Wh x + Uh h + bh).</remarks>
[Cell]
public readonly struct LiGru
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wz), nameof(Wh), Initializer = Initializer.Glorot)]
    [Tensor("weight_hh_l0", nameof(Uz), nameof(Uh), Initializer = Initializer.Orthogonal)]
    [Tensor("scale_l0", nameof(sz), nameof(sh), Initializer = Initializer.Ones)]
    [Tensor("bias_l0", nameof(bz), nameof(bh), Initializer = Initializer.Zeros)]
    public static Vec Step(
        Vec x, Vec h,
        Mat Wz, Mat Wh,
        Mat Uz, Mat Uh,
        Vec sz, Vec sh,
        Vec bz, Vec bh,
        bool scaled = false)
    {
        Vec z = Sigmoid((scaled ? sz * (Wz * x) : Wz * x) + Uz * h + bz);
        Vec candidate = Relu((scaled ? sh * (Wh * x) : Wh * x) + Uh * h + bh);
        return z * h + (1 - z) * candidate;
    }
}
