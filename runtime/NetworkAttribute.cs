using System;

namespace Recurrent;

/// <summary>
/// Makes a partial class a network: the layers are the layer attributes of the class, in the order in which they are written.
/// The generator adds the members of <see cref="IStreamingNetwork{TSelf}"/> and <see cref="ITrainableNetwork{TSelf}"/>; where a layer runs in reverse,
/// single time steps make no sense, and it adds those of <see cref="INetwork{TSelf}"/> and <see cref="ITrainableNetwork{TSelf}"/>.
/// </summary>
/// <example>
/// <code>
/// [Network(Input = 22)]
/// [Dense(16, Activation.Relu)]
/// [Gru(16)]
/// [Dense(4)]
/// public sealed partial class Policy;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Floats per time step that the first layer reads; at least 1.</summary>
    public int Input { get; set; }

    /// <summary>
    /// What the network keeps of its weights while it infers (<c>Step</c>, <c>Run</c>, <c>StepMany</c>). <c>Forward</c> and <c>Backward</c> work on the
    /// parameters as they are, so that with another precision than <see cref="Precision.Float32"/> the outputs of <c>Forward</c> differ from those of
    /// <c>Run</c> by what rounding takes from the weights.
    /// </summary>
    public Precision Weights { get; set; }
}
