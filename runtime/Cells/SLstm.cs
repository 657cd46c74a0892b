using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of xLSTM's cells with scalar memory, all of whose units see each other: one head.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output, and as many of the memory, the normaliser and the stabiliser; at least 1.</param>
/// <param name="exponentialForget">Whether the forget gate is an exponential, like the input gate, and not a sigmoid.</param>
public sealed class SLstmAttribute(int hiddenSize, bool exponentialForget = false) : LayerAttribute<SLstm>(hiddenSize)
{
    /// <summary>Whether the forget gate is an exponential, like the input gate, and not a sigmoid.</summary>
    public bool ExponentialForget { get; } = exponentialForget;
}

/// <summary>
/// sLSTM, a long short-term memory with exponential gates: Beck, Pöppel, Spanring, Auer, Prudnikova, Kopp, Klambauer, Brandstetter and Hochreiter,
/// xLSTM: Extended Long Short-Term Memory, 2024, section 2.2 and equations 15 to 17 for the stabiliser.
/// </summary>
/// <remarks>
/// i = exp(Wi x + Ri h + bi), f = sigmoid(Wf x + Rf h + bf), z = tanh(Wz x + Rz h + bz), o = sigmoid(Wo x + Ro h + bo), c' = f c + i z,
/// n' = f n + i, h' = o c' / n'.
/// c and n are kept divided by e^m, which h does not depend on. A time step with n = 0 has nothing before it, whatever m is: its forget gate counts as closed.
/// So a state of zeros is the start, and from there on every element of n is at least 1.
/// </remarks>
[Cell]
public readonly struct SLstm
{
    private const double Endless = 1e9;

    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wi), nameof(Wf), nameof(Wz), nameof(Wo))]
    [Tensor("weight_hh_l0", nameof(Ri), nameof(Rf), nameof(Rz), nameof(Ro))]
    [Tensor("bias_l0", nameof(bi), nameof(bf), nameof(bz), nameof(bo))]
    public static (Vec h, Vec c, Vec n, Vec m) Step(
        Vec x, Vec h, Vec c, Vec n, Vec m,
        Mat Wi, Mat Wf, Mat Wz, Mat Wo,
        Mat Ri, Mat Rf, Mat Rz, Mat Ro,
        Vec bi, [Init(Initializer.Constant, Value = 3)] Vec bf, Vec bz, Vec bo,
        bool exponentialForget = false)
    {
        Vec i = Wi * x + Ri * h + bi;
        Vec f = Wf * x + Rf * h + bf;
        Vec z = Tanh(Wz * x + Rz * h + bz);
        Vec o = Sigmoid(Wo * x + Ro * h + bo);
        Vec kept = (exponentialForget ? f : -Softplus(-f)) + m - Endless * (1 - Equations.Step(n));
        Vec nextM = Max(kept, i);
        Vec input = Exp(i - nextM);
        Vec forget = Exp(kept - nextM);
        Vec nextC = forget * c + input * z;
        Vec nextN = forget * n + input;
        return (o * (nextC / nextN), nextC, nextN, nextM);
    }
}
