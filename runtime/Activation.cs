namespace Recurrent;

/// <summary>
/// A function that a layer applies element by element: those that <see cref="Equations.Activate(Activation, Vec)"/> knows. Their alpha and beta are numbers
/// that some of them have; where a cell gives none, the defaults below hold.
/// </summary>
public enum Activation
{
    /// <summary>x</summary>
    Linear,

    /// <summary>max(x, 0): <see cref="Equations.Relu(double)"/></summary>
    Relu,

    /// <summary>1 / (1 + exp(-x)), in (0, 1): <see cref="Equations.Sigmoid(double)"/></summary>
    Sigmoid,

    /// <summary>(exp(x) - exp(-x)) / (exp(x) + exp(-x)), in (-1, 1): <see cref="Equations.Tanh(double)"/></summary>
    Tanh,

    /// <summary>x where it is at least 0, alpha x below; alpha is 0.01 (PyTorch, ONNX): <see cref="Equations.LeakyRelu(double, double)"/></summary>
    LeakyRelu,

    /// <summary>x where it is greater than 0, alpha (exp(x) - 1) elsewhere, above -alpha; alpha is 1 (PyTorch, ONNX): <see cref="Equations.Elu(double, double)"/></summary>
    Elu,

    /// <summary>1.0507 x where x is greater than 0, 1.7581 (exp(x) - 1) elsewhere: <see cref="Equations.Selu(double)"/></summary>
    Selu,

    /// <summary>log(1 + exp(x)), greater than 0: <see cref="Equations.Softplus(double)"/></summary>
    Softplus,

    /// <summary>x / (1 + |x|), in (-1, 1): <see cref="Equations.Softsign(double)"/></summary>
    Softsign,

    /// <summary>alpha x + beta, clipped to [0, 1]; alpha is 1/6, beta 0.5 (PyTorch; alpha is 0.2 in ONNX): <see cref="Equations.HardSigmoid(double, double, double)"/></summary>
    HardSigmoid,

    /// <summary>x, clipped to [-1, 1]: <see cref="Equations.HardTanh(double)"/></summary>
    HardTanh,

    /// <summary>x / (1 + exp(-x)), at least -0.2785: <see cref="Equations.Silu(double)"/></summary>
    Silu,

    /// <summary>x (1 + erf(x / sqrt(2))) / 2, at least -0.1700: <see cref="Equations.Gelu(double)"/></summary>
    Gelu,

    /// <summary>
    /// x where it is greater than alpha, else 0; alpha is 1 (ONNX). Konda, Memisevic and Krueger, Zero-bias autoencoders and the benefits of co-adapting
    /// features, 2015.
    /// </summary>
    ThresholdedRelu,

    /// <summary>
    /// alpha tanh(beta x), in (-alpha, alpha); alpha and beta are 1 (ONNX Runtime). LeCun, Bottou, Orr and Müller, Efficient backprop, 1998, which proposes
    /// 1.7159 and 2/3.
    /// </summary>
    ScaledTanh,

    /// <summary>alpha x + beta; alpha is 1, beta 0 (ONNX Runtime), which is <see cref="Linear"/>.</summary>
    Affine,
}
