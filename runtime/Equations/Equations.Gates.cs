using System;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>1 / (1 + exp(-x)), in (0, 1).</summary>
    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    /// <inheritdoc cref="Sigmoid(double)"/>
    public static Vec Sigmoid(Vec x) => x.Map(Sigmoid);

    /// <inheritdoc cref="Sigmoid(double)"/>
    public static Mat Sigmoid(Mat x) => x.Map(Sigmoid);

    /// <summary>The hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)), in (-1, 1).</summary>
    public static double Tanh(double x) => Math.Tanh(x);

    /// <inheritdoc cref="Tanh(double)"/>
    public static Vec Tanh(Vec x) => x.Map(Tanh);

    /// <inheritdoc cref="Tanh(double)"/>
    public static Mat Tanh(Mat x) => x.Map(Tanh);

    /// <summary>x / (1 + |x|), in (-1, 1); NaN where x is infinite. Turian, Bergstra and Bengio, Quadratic features and deep architectures for chunking, 2009.</summary>
    public static double Softsign(double x) => x / (1 + Math.Abs(x));

    /// <inheritdoc cref="Softsign(double)"/>
    public static Vec Softsign(Vec x) => x.Map(Softsign);

    /// <inheritdoc cref="Softsign(double)"/>
    public static Mat Softsign(Mat x) => x.Map(Softsign);

    /// <summary>slope x + offset, clipped to [0, 1]. Courbariaux, Bengio and David, BinaryConnect, 2015; the defaults are PyTorch's, those of ONNX are 0.2 and 0.5.</summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="slope">How steep it is between its bounds.</param>
    /// <param name="offset">Its value at 0.</param>
    public static double HardSigmoid(double x, double slope = 1.0 / 6, double offset = 0.5) => Clamp((slope * x) + offset, 0, 1);

    /// <inheritdoc cref="HardSigmoid(double, double, double)"/>
    public static Vec HardSigmoid(Vec x, double slope = 1.0 / 6, double offset = 0.5) => x.Map(v => HardSigmoid(v, slope, offset));

    /// <inheritdoc cref="HardSigmoid(double, double, double)"/>
    public static Mat HardSigmoid(Mat x, double slope = 1.0 / 6, double offset = 0.5) => x.Map(v => HardSigmoid(v, slope, offset));

    /// <summary>x, clipped to [-1, 1]. Collobert, Large scale machine learning, 2004.</summary>
    public static double HardTanh(double x) => Clamp(x, -1, 1);

    /// <inheritdoc cref="HardTanh(double)"/>
    public static Vec HardTanh(Vec x) => x.Map(HardTanh);

    /// <inheritdoc cref="HardTanh(double)"/>
    public static Mat HardTanh(Mat x) => x.Map(HardTanh);
}
