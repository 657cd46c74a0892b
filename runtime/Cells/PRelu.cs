using static Recurrent.Equations;

namespace Recurrent;

/// <summary>
/// A layer of PyTorch's <c>nn.PReLU</c>: x where it is greater than 0, else weight x. It gives as many floats as it reads.
/// </summary>
public sealed class PReluAttribute : LayerAttribute<PRelu>
{
    /// <summary>Whether every float has a slope of its own: PyTorch's <c>num_parameters</c> is the number of channels. By default all share one, as in PyTorch.</summary>
    public bool PerChannel { get; set; }
}

/// <summary>
/// The parametric rectifier of He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015, whose slopes start at 0.25: a cell without state. At 0 the derivative is the slope.
/// </summary>
[Cell]
public readonly struct PRelu
{
    /// <summary>One time step.</summary>
    public static Vec Step(Vec x, [Init(Initializer.Constant, Value = 0.25), Shape("perChannel * input or 1")] Vec weight, bool perChannel = false) =>
        Relu(x) + weight * Min(0, x);
}
