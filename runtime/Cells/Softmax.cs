namespace Recurrent;

/// <summary>
/// A layer of PyTorch's <c>nn.Softmax</c> over all floats of a time step: e^x / sum(e^x), without overflow. It has no parameters, and gives as many floats as it reads:
/// numbers in [0, 1], of sum 1.
/// </summary>
/// <remarks>To train a classifier, leave it out and take the loss that has it inside: <see cref="Training.CrossEntropyLoss"/> reads what stands in front of it.</remarks>
public sealed class SoftmaxAttribute : LayerAttribute<Softmax>;

/// <summary>Bridle, Probabilistic interpretation of feedforward classification network outputs, 1990: a cell without state.</summary>
[Cell]
public readonly struct Softmax
{
    /// <summary>One time step.</summary>
    public static Vec Step(Vec x) => Equations.Softmax(x);
}
