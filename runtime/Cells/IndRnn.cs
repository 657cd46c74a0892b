using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of independent neurons: each reads the input, and of all states its own alone.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="activation">The paper's is <see cref="Activation.Relu"/>.</param>
public sealed class IndRnnAttribute(int hiddenSize, Activation activation = Activation.Relu) : LayerAttribute<IndRnn>(hiddenSize)
{
    /// <summary>The activation of the hidden state.</summary>
    public Activation Activation { get; } = activation;
}

/// <summary>
/// Li, Li, Cook, Zhu and Gao, Independently Recurrent Neural Network (IndRNN): Building a Longer and Deeper RNN, 2018, equation 2. A recurrent weight is the
/// factor by which a state grows or fades in a step: they start at 1, and the paper keeps them within the T-th root of 2 for sequences of T steps.
/// </summary>
/// <remarks>h' = activation(W x + u h + b), where u h is the product element by element.</remarks>
[Cell]
public readonly struct IndRnn
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(W), Fan = "input")]
    [Tensor("weight_hh_l0", nameof(u), Initializer = Initializer.Ones)]
    [Tensor("bias_l0", nameof(b), Initializer = Initializer.Zeros)]
    public static Vec Step(Vec x, Vec h, Mat W, Vec u, Vec b, Activation activation) => Activate(activation, W * x + u * h + b);
}
