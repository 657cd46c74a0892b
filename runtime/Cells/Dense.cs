using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.Linear</c>, and an activation behind it.</summary>
/// <param name="outputs">Floats that the layer gives; at least 1.</param>
/// <param name="activation">Applied to the result, element by element.</param>
public sealed class DenseAttribute(int outputs, Activation activation = Activation.Linear) : LayerAttribute<Dense>(outputs)
{
    /// <summary>Applied to the result, element by element.</summary>
    public Activation Activation { get; } = activation;
}

/// <summary>An affine map of the input, activation(W x + b): a cell without state.</summary>
[Cell]
public readonly struct Dense
{
    /// <summary>One time step.</summary>
    [Tensor("weight", nameof(W), Fan = "input")]
    [Tensor("bias", nameof(b), Fan = "input")]
    public static Vec Step(Vec x, Mat W, Vec b, Activation activation) => Activate(activation, W * x + b);
}
