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
}
