using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.GRU</c>, and the variants of it that the properties choose.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
public sealed class GruAttribute(int hiddenSize) : LayerAttribute<Gru>(hiddenSize)
{
    /// <summary>
    /// Whether the reset gate is applied after the recurrent product of the candidate, r (U h + b), as in PyTorch, or to the state that the product
    /// reads, U (r h) + b, as in Cho et al. 2014. ONNX's <c>linear_before_reset</c>, Keras's <c>reset_after</c>.
    /// </summary>
    public bool ResetAfter { get; set; } = true;

    /// <summary>There is no <c>bias_hh_l0</c>: one bias for each gate, as in Cho et al. 2014, and in Keras without <c>reset_after</c>.</summary>
    public bool SingleBias { get; set; }

    /// <summary>Clips what activations are applied to, to [-Clip, Clip], as ONNX's <c>clip</c>. 0, as by default, clips nothing.</summary>
    public double Clip { get; set; }

    /// <summary>The activation of the candidate n; ONNX's g.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The activation of the gates r z; ONNX's f.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>The alpha of <see cref="Activation"/>, if it has one; its default where this is not set.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="Activation"/>, if it has one; its default where this is not set.</summary>
    public double ActivationBeta { get; set; } = double.NaN;

    /// <summary>The alpha of <see cref="RecurrentActivation"/>, if it has one; its default where this is not set.</summary>
    public double RecurrentAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="RecurrentActivation"/>, if it has one; its default where this is not set.</summary>
    public double RecurrentBeta { get; set; } = double.NaN;
}

/// <summary>
/// The gated recurrent unit of Cho et al., Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation, 2014, with the
/// reset gate after the recurrent product, and PyTorch's two biases. Its variants: <see cref="GruAttribute"/>.
/// </summary>
/// <remarks>r = sigmoid(Wr x + Ur h + br), z = sigmoid(Wz x + Uz h + bz), n = tanh(Wn x + bin + r (Un h + bhn)), h' = (1 - z) n + z h.</remarks>
[Cell]
public readonly struct Gru
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wr), nameof(Wz), nameof(Wn))]
    [Tensor("weight_hh_l0", nameof(Ur), nameof(Uz), nameof(Un))]
    [Tensor("bias_ih_l0", nameof(bir), nameof(biz), nameof(bin))]
    [Tensor("bias_hh_l0", nameof(bhr), nameof(bhz), nameof(bhn))]
    public static Vec Step(
        Vec x, Vec h,
        Mat Wr, Mat Wz, Mat Wn,
        Mat Ur, Mat Uz, Mat Un,
        Vec bir, Vec biz, Vec bin,
        Vec bhr, Vec bhz, Vec bhn,
        bool resetAfter = true, bool singleBias = false, [Setting] double clip = 0,
        Activation activation = Activation.Tanh, Activation recurrentActivation = Activation.Sigmoid,
        [Setting] double activationAlpha = double.NaN, [Setting] double activationBeta = double.NaN,
        [Setting] double recurrentAlpha = double.NaN, [Setting] double recurrentBeta = double.NaN)
    {
        Vec r = Gate(Biased(Wr * x + bir + Ur * h, bhr));
        Vec z = Gate(Biased(Wz * x + biz + Uz * h, bhz));
        Vec n = Activate(
            activation,
            Clipped(resetAfter ? Wn * x + bin + r * Biased(Un * h, bhn) : Biased(Wn * x + bin + Un * (r * h), bhn)),
            activationAlpha,
            activationBeta);
        return (1 - z) * n + z * h;

        Vec Gate(Vec sum) => Activate(recurrentActivation, Clipped(sum), recurrentAlpha, recurrentBeta);
        Vec Biased(Vec sum, Vec bias) => singleBias ? sum : sum + bias;
        Vec Clipped(Vec sum) => clip > 0 ? Clamp(sum, -clip, clip) : sum;
    }
}
