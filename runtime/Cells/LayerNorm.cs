namespace Recurrent;

/// <summary>
/// A layer of PyTorch's <c>nn.LayerNorm</c> over all floats of a time step: (x - mean(x)) / sqrt(var(x) + epsilon) weight + bias. It gives as many floats as it reads.
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute<LayerNorm>
{
    /// <summary>Added to the variance, so that a constant input divides by no 0; greater than 0, and 1e-5 by default, as in PyTorch.</summary>
    public double Epsilon { get; set; } = 1e-5;
}

/// <summary>Ba, Kiros and Hinton, Layer normalization, 2016: a cell without state.</summary>
[Cell]
public readonly struct LayerNorm
{
    /// <summary>One time step.</summary>
    public static Vec Step(Vec x, [Init(Initializer.Ones)] Vec weight, [Init(Initializer.Zeros)] Vec bias, [Setting] double epsilon = 1e-5) =>
        Equations.LayerNorm(x, weight, bias, epsilon);
}
