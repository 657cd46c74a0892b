using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of minimal gated units: one gate, which both forgets and resets.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
public sealed class MguAttribute(int hiddenSize) : LayerAttribute<Mgu>(hiddenSize);

/// <summary>Zhou, Wu, Zhang and Zhou, Minimal Gated Unit for Recurrent Neural Networks, 2016, equations 6. The gate's bias starts at 1, as theirs does.</summary>
/// <remarks>f = sigmoid(Wf x + Uf h + bf), h' = (1 - f) h + f tanh(Wh x + Uh (f h) + bh).</remarks>
[Cell]
public readonly struct Mgu
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wf), nameof(Wh))]
    [Tensor("weight_hh_l0", nameof(Uf), nameof(Uh))]
    [Tensor("bias_l0", nameof(bf), nameof(bh))]
    public static Vec Step(
        Vec x, Vec h,
        Mat Wf, Mat Wh,
        Mat Uf, Mat Uh,
        [Init(Initializer.Ones)] Vec bf, Vec bh)
    {
        Vec f = Sigmoid(Wf * x + Uf * h + bf);
        Vec candidate = Tanh(Wh * x + Uh * (f * h) + bh);
        return (1 - f) * h + f * candidate;
    }
}
