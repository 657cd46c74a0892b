using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer whose state follows a stable differential equation, by Euler's method.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="epsilon">The size of Euler's step; greater than 0.</param>
/// <param name="gamma">The strength of the diffusion, which makes up for the error of Euler's method; at least 0.</param>
/// <param name="gated">Whether a gate, by the same antisymmetric matrix, scales the step of each element.</param>
public sealed class AntisymmetricRnnAttribute(
    int hiddenSize, double epsilon = 0.1, double gamma = 0.01, bool gated = false) : LayerAttribute<AntisymmetricRnn>(hiddenSize)
{
    /// <summary>The size of Euler's step.</summary>
    public double Epsilon { get; } = epsilon;

    /// <summary>The strength of the diffusion.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>Whether a gate scales the step of each element.</summary>
    public bool Gated { get; } = gated;
}

/// <summary>
/// Chang, Chen, Haber and Chi, AntisymmetricRNN: A Dynamical System View on Recurrent Neural Networks, 2019, equation 12, and with a gate 13 to 14. The
/// eigenvalues of an antisymmetric matrix are imaginary, so that the state neither explodes nor fades.
/// </summary>
/// <remarks>h' = h + epsilon tanh((W - W^T - gamma I) h + V x + b). With a gate, epsilon is multiplied by sigmoid((W - W^T - gamma I) h + Vz x + bz).</remarks>
[Cell]
public readonly struct AntisymmetricRnn
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(V), nameof(Vz), Fan = "input")]
    [Tensor("weight_hh_l0", nameof(W))]
    [Tensor("bias_l0", nameof(b), nameof(bz), Initializer = Initializer.Zeros)]
    public static Vec Step(
        Vec x, Vec h,
        Mat V, Mat Vz,
        Mat W,
        Vec b, Vec bz,
        [Setting] double epsilon = 0.1, [Setting] double gamma = 0.01, bool gated = false)
    {
        Vec rotated = W * h - Transpose(W) * h - gamma * h;
        Vec slope = Tanh(rotated + V * x + b);
        return h + epsilon * (gated ? Sigmoid(rotated + Vz * x + bz) * slope : slope);
    }
}
