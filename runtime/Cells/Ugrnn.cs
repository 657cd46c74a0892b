using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of update gate units: the least that a gated cell can be.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
public sealed class UgrnnAttribute(int hiddenSize) : LayerAttribute<Ugrnn>(hiddenSize);

/// <summary>
/// The update gate network of Collins, Sohl-Dickstein and Sussillo, Capacity and Trainability in Recurrent Neural Networks, 2017. The gate's bias starts at 1,
/// so that a new cell remembers.
/// </summary>
/// <remarks>g = sigmoid(Wg x + Ug h + bg), h' = g h + (1 - g) tanh(Wc x + Uc h + bc).</remarks>
[Cell]
public readonly struct Ugrnn
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wc), nameof(Wg))]
    [Tensor("weight_hh_l0", nameof(Uc), nameof(Ug))]
    [Tensor("bias_l0", nameof(bc), nameof(bg))]
    public static Vec Step(
        Vec x, Vec h,
        Mat Wc, Mat Wg,
        Mat Uc, Mat Ug,
        Vec bc, [Init(Initializer.Ones)] Vec bg)
    {
        Vec c = Tanh(Wc * x + Uc * h + bc);
        Vec g = Sigmoid(Wg * x + Ug * h + bg);
        return g * h + (1 - g) * c;
    }
}
