using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of gated cells whose gate and candidate share their matrices, for the smallest devices.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
public sealed class FastGrnnAttribute(int hiddenSize) : LayerAttribute<FastGrnn>(hiddenSize);

/// <summary>
/// FastGRNN of Kusupati, Singh, Bhatia, Kumar, Jain and Varma, FastGRNN: A Fast, Accurate, Stable and Tiny Kilobyte Sized Gated Recurrent Neural Network, 2018,
/// equations 4 and 5. The two numbers go through a sigmoid, and start, as the authors' do, at 1 and -4, the biases at 1.
/// </summary>
/// <remarks>z = sigmoid(W x + U h + bz), h' = (sigmoid(zeta) (1 - z) + sigmoid(nu)) tanh(W x + U h + bh) + z h.</remarks>
[Cell]
public readonly struct FastGrnn
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(W))]
    [Tensor("weight_hh_l0", nameof(U))]
    [Tensor("bias_l0", nameof(bz), nameof(bh), Initializer = Initializer.Ones)]
    public static Vec Step(
        Vec x, Vec h,
        Mat W, Mat U,
        Vec bz, Vec bh,
        [Init(Initializer.Constant, Value = 1)] double zeta,
        [Init(Initializer.Constant, Value = -4)] double nu)
    {
        Vec shared = W * x + U * h;
        Vec z = Sigmoid(shared + bz);
        Vec candidate = Tanh(shared + bh);
        return (Sigmoid(zeta) * (1 - z) + Sigmoid(nu)) * candidate + z * h;
    }
}
