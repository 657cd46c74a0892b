using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.RNN</c>.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="activation"><see cref="Activation.Tanh"/>, as PyTorch's default, or another.</param>
public sealed class RnnAttribute(int hiddenSize, Activation activation = Activation.Tanh) : LayerAttribute<Rnn>(hiddenSize)
{
    /// <summary>The activation of the hidden state.</summary>
    public Activation Activation { get; } = activation;
}

/// <summary>The recurrent network of Elman, Finding Structure in Time, 1990, with PyTorch's two biases.</summary>
[Cell]
public readonly struct Rnn
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(W))]
    [Tensor("weight_hh_l0", nameof(U))]
    [Tensor("bias_ih_l0", nameof(bi))]
    [Tensor("bias_hh_l0", nameof(bh))]
    public static Vec Step(Vec x, Vec h, Mat W, Mat U, Vec bi, Vec bh, Activation activation) =>
        Activate(activation, W * x + bi + U * h + bh);
}
