using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of Jordan's network: its output is fed back.</summary>
/// <param name="outputs">Floats of the output, which is also the state; at least 1.</param>
/// <param name="units">Units between input and output; at least 1.</param>
/// <param name="activation">Applied to these units.</param>
/// <param name="outputActivation">Applied to the output. The state stays bounded if this or <paramref name="activation"/> does.</param>
public sealed class JordanAttribute(
    int outputs, int units, Activation activation = Activation.Tanh, Activation outputActivation = Activation.Linear) : LayerAttribute<Jordan>(outputs)
{
    /// <summary>Units between input and output.</summary>
    public int Units { get; } = units;

    /// <summary>Applied to the units between input and output.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Applied to the output.</summary>
    public Activation OutputActivation { get; } = outputActivation;
}

/// <summary>
/// The network of Jordan, Serial order: a parallel distributed processing approach, 1986: units between input and output read what the output was one step
/// before. Jordan's state is a decaying sum of all outputs; this is the form without the decay.
/// </summary>
/// <remarks>y' = outputActivation(V activation(W x + U y + bh) + by).</remarks>
[Cell]
public readonly struct Jordan
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(W), Fan = "input")]
    [Tensor("weight_hh_l0", nameof(U))]
    [Tensor("bias_l0", nameof(bh))]
    public static Vec Step(
        Vec x, Vec y,
        [Shape("units", "input")] Mat W, Mat U, Vec bh,
        [Init(Initializer.Uniform, Fan = "units")] Mat V,
        [Init(Initializer.Uniform, Fan = "units")] Vec by,
        Activation activation, Activation outputActivation)
    {
        Vec h = Activate(activation, W * x + U * y + bh);
        return Activate(outputActivation, V * h + by);
    }
}
