using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.RNN</c>: the network of Elman.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="activation"><see cref="Activation.Tanh"/>, as PyTorch's default, or another.</param>
public sealed class RnnAttribute(int hiddenSize, Activation activation = Activation.Tanh) : LayerAttribute<Rnn>(hiddenSize)
{
    /// <summary>The activation of the hidden state.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Clips what the activation is applied to, to [-Clip, Clip], as ONNX's <c>clip</c>. 0, as by default, clips nothing.</summary>
    public double Clip { get; set; }

    /// <summary>The alpha of <see cref="Activation"/>, if it has one; its default where this is not set.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="Activation"/>, if it has one; its default where this is not set.</summary>
    public double ActivationBeta { get; set; } = double.NaN;
}

/// <summary>The recurrent network of Elman, Finding Structure in Time, 1990, whose context units are the hidden state, with PyTorch's two biases.</summary>
/// <remarks>h' = activation(W x + bi + U h + bh).</remarks>
[Cell]
public readonly struct Rnn
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(W))]
    [Tensor("weight_hh_l0", nameof(U))]
    [Tensor("bias_ih_l0", nameof(bi))]
    [Tensor("bias_hh_l0", nameof(bh))]
    public static Vec Step(
        Vec x, Vec h, Mat W, Mat U, Vec bi, Vec bh,
        Activation activation, [Setting] double clip = 0, [Setting] double activationAlpha = double.NaN, [Setting] double activationBeta = double.NaN)
    {
        return Activate(activation, Clipped(W * x + bi + U * h + bh), activationAlpha, activationBeta);

        Vec Clipped(Vec sum) => clip > 0 ? Clamp(sum, -clip, clip) : sum;
    }
}
