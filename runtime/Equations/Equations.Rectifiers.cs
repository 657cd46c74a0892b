using System;

namespace Recurrent;

public static partial class Equations
{
    // The solution of the paper's equations (14), as its appendix gives it.
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    /// <summary>max(x, 0), at least 0. Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, 2010.</summary>
    public static double Relu(double x) => x < 0 ? 0 : x;

    /// <inheritdoc cref="Relu(double)"/>
    public static Vec Relu(Vec x) => x.Map(Relu);

    /// <inheritdoc cref="Relu(double)"/>
    public static Mat Relu(Mat x) => x.Map(Relu);

    /// <summary>x where it is at least 0, slope x below. Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models, 2013.</summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="slope">How steep it is below 0.</param>
    public static double LeakyRelu(double x, double slope = 0.01) => x < 0 ? slope * x : x;

    /// <inheritdoc cref="LeakyRelu(double, double)"/>
    public static Vec LeakyRelu(Vec x, double slope = 0.01) => x.Map(v => LeakyRelu(v, slope));

    /// <inheritdoc cref="LeakyRelu(double, double)"/>
    public static Mat LeakyRelu(Mat x, double slope = 0.01) => x.Map(v => LeakyRelu(v, slope));

    /// <summary>
    /// x where it is greater than 0, alpha (exp(x) - 1) elsewhere; above -alpha.
    /// Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by exponential linear units, 2016.
    /// </summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="alpha">Minus what it tends to at -infinity.</param>
    public static double Elu(double x, double alpha = 1) => x > 0 ? x : alpha * Expm1(x);

    /// <inheritdoc cref="Elu(double, double)"/>
    public static Vec Elu(Vec x, double alpha = 1) => x.Map(v => Elu(v, alpha));

    /// <inheritdoc cref="Elu(double, double)"/>
    public static Mat Elu(Mat x, double alpha = 1) => x.Map(v => Elu(v, alpha));

    /// <summary>
    /// scale x where x is greater than 0, scale alpha (exp(x) - 1) elsewhere, scale being 1.0507 and alpha 1.6733: the constants that keep mean 0 and
    /// variance 1 from layer to layer. Above -1.7581. Klambauer, Unterthiner, Mayr and Hochreiter, Self-normalizing neural networks, 2017.
    /// </summary>
    public static double Selu(double x) => SeluScale * Elu(x, SeluAlpha);

    /// <inheritdoc cref="Selu(double)"/>
    public static Vec Selu(Vec x) => x.Map(Selu);

    /// <inheritdoc cref="Selu(double)"/>
    public static Mat Selu(Mat x) => x.Map(Selu);

    /// <summary>
    /// log(1 + exp(x)), greater than 0; computed as max(x, 0) + log(1 + exp(-|x|)), which neither overflows nor cancels.
    /// Dugas, Bengio, Bélisle, Nadeau and Garcia, Incorporating second-order functional knowledge for better option pricing, 2001.
    /// </summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <inheritdoc cref="Softplus(double)"/>
    public static Vec Softplus(Vec x) => x.Map(Softplus);

    /// <inheritdoc cref="Softplus(double)"/>
    public static Mat Softplus(Mat x) => x.Map(Softplus);

    /// <summary>
    /// x times the sigmoid of x, at least -0.2785; NaN at -infinity. Also called swish.
    /// Elfwing, Uchibe and Doya, Sigmoid-weighted linear units for neural network function approximation, 2018.
    /// </summary>
    public static double Silu(double x) => x * Sigmoid(x);

    /// <inheritdoc cref="Silu(double)"/>
    public static Vec Silu(Vec x) => x.Map(Silu);

    /// <inheritdoc cref="Silu(double)"/>
    public static Mat Silu(Mat x) => x.Map(Silu);

    /// <summary>
    /// x times the normal distribution's function of x, x (1 + erf(x / sqrt(2))) / 2, at least -0.1700; NaN at -infinity.
    /// The exact form, not the one with tanh. Hendrycks and Gimpel, Gaussian error linear units, 2016.
    /// </summary>
    public static double Gelu(double x) => 0.5 * x * SpecialFunctions.Erfc(-x * Math.Sqrt(0.5));

    /// <inheritdoc cref="Gelu(double)"/>
    public static Vec Gelu(Vec x) => x.Map(Gelu);

    /// <inheritdoc cref="Gelu(double)"/>
    public static Mat Gelu(Mat x) => x.Map(Gelu);
}
