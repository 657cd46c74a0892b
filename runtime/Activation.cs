namespace Recurrent;

/// <summary>A function that a layer applies to its result, element by element.</summary>
public enum Activation
{
    /// <summary>x</summary>
    Linear,

    /// <summary>max(x, 0)</summary>
    Relu,

    /// <summary>1 / (1 + exp(-x)), in (0, 1)</summary>
    Sigmoid,

    /// <summary>(exp(x) - exp(-x)) / (exp(x) + exp(-x)), in (-1, 1)</summary>
    Tanh,
}
