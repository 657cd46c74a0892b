using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of a quasi-recurrent network: a convolution over the last inputs, and a recurrence without matrices.</summary>
/// <param name="hiddenSize">Floats of the cell state, and of the output; at least 1.</param>
/// <param name="window">How many inputs the convolution reads, the one of the step and those before it; at least 1. The paper's is 2 for most tasks.</param>
public sealed class QrnnAttribute(int hiddenSize, int window = 2) : LayerAttribute<Qrnn>(hiddenSize)
{
    /// <summary>How many inputs the convolution reads.</summary>
    public int Window { get; } = window;
}

/// <summary>
/// The quasi-recurrent network of Bradbury, Merity, Xiong and Socher, Quasi-Recurrent Neural Networks, 2017, with fo-pooling, equations 1, 4 and 5, and biases.
/// Inputs before the first are 0, as the paper pads them. Columns of a matrix are those of the step's input, then of the one before, and so on.
/// </summary>
/// <remarks>z = tanh(Wz X + bz), f = sigmoid(Wf X + bf), o = sigmoid(Wo X + bo), c' = f c + (1 - f) z, h = o c', where X are the last inputs.</remarks>
[Cell]
public readonly struct Qrnn
{
    /// <summary>One time step. The state <paramref name="previous"/> holds the last inputs, the latest first; a window of 1 leaves it alone.</summary>
    [Tensor("weight_l0", nameof(Wz), nameof(Wf), nameof(Wo), Fan = "window * input")]
    [Tensor("bias_l0", nameof(bz), nameof(bf), nameof(bo), Initializer = Initializer.Zeros)]
    public static (Vec h, Vec c, Vec previous) Step(
        Vec x, Vec c, [Shape("(window - 1) * input or 1")] Vec previous,
        Mat Wz, Mat Wf, Mat Wo,
        Vec bz, Vec bf, Vec bo,
        int window = 2)
    {
        Vec seen = window == 1 ? x : Concat(x, previous);
        Vec z = Tanh(Wz * seen + bz);
        Vec f = Sigmoid(Wf * seen + bf);
        Vec o = Sigmoid(Wo * seen + bo);
        Vec next = f * c + (1 - f) * z;
        return (o * next, next, window == 1 ? previous : seen[..previous.Length]);
    }
}
