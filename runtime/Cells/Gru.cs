using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.GRU</c>.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
public sealed class GruAttribute(int hiddenSize) : LayerAttribute<Gru>(hiddenSize);

/// <summary>The gated recurrent unit of Cho et al. 2014, with the reset gate after the recurrent product, and PyTorch's two biases.</summary>
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
        Vec bhr, Vec bhz, Vec bhn)
    {
        Vec r = Sigmoid(Wr * x + bir + Ur * h + bhr);
        Vec z = Sigmoid(Wz * x + biz + Uz * h + bhz);
        Vec n = Tanh(Wn * x + bin + r * (Un * h + bhn));
        return (1 - z) * n + z * h;
    }
}
