using System;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>The activation that a setting chooses, with the alpha and beta that <see cref="Activation"/> says it has by default.</summary>
    /// <param name="activation">A setting of the cell: a parameter of <c>Step</c>.</param>
    /// <param name="x">What it is applied to, element by element.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="activation"/> is none.</exception>
    public static double Activate(Activation activation, double x) => Activate(activation, x, double.NaN, double.NaN);

    /// <inheritdoc cref="Activate(Activation, double)"/>
    public static Vec Activate(Activation activation, Vec x) => x.Map(v => Activate(activation, v));

    /// <inheritdoc cref="Activate(Activation, double)"/>
    public static Mat Activate(Activation activation, Mat x) => x.Map(v => Activate(activation, v));

    /// <summary>The activation that a setting chooses, with its alpha and beta.</summary>
    /// <param name="activation">A setting of the cell: a parameter of <c>Step</c>.</param>
    /// <param name="x">What it is applied to, element by element.</param>
    /// <param name="alpha">The alpha of the member of <see cref="Activation"/>; those that have none pay no regard to it. NaN, where it is a setting, is the default.</param>
    /// <param name="beta">The beta of the member of <see cref="Activation"/>; those that have none pay no regard to it. NaN, where it is a setting, is the default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="activation"/> is none.</exception>
    public static double Activate(Activation activation, double x, double alpha, double beta) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => Relu(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.Tanh => Tanh(x),
        Activation.LeakyRelu => LeakyRelu(x, Given(alpha, 0.01)),
        Activation.Elu => Elu(x, Given(alpha, 1)),
        Activation.Selu => Selu(x),
        Activation.Softplus => Softplus(x),
        Activation.Softsign => Softsign(x),
        Activation.HardSigmoid => HardSigmoid(x, Given(alpha, 1.0 / 6), Given(beta, 0.5)),
        Activation.HardTanh => HardTanh(x),
        Activation.Silu => Silu(x),
        Activation.Gelu => Gelu(x),
        Activation.ThresholdedRelu => x <= Given(alpha, 1) ? 0 : x,
        Activation.ScaledTanh => Given(alpha, 1) * Math.Tanh(Given(beta, 1) * x),
        Activation.Affine => (Given(alpha, 1) * x) + Given(beta, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    /// <inheritdoc cref="Activate(Activation, double, double, double)"/>
    public static Vec Activate(Activation activation, Vec x, double alpha, double beta) => x.Map(v => Activate(activation, v, alpha, beta));

    /// <inheritdoc cref="Activate(Activation, double, double, double)"/>
    public static Mat Activate(Activation activation, Mat x, double alpha, double beta) => x.Map(v => Activate(activation, v, alpha, beta));

    private static double Given(double coefficient, double standard) => double.IsNaN(coefficient) ? standard : coefficient;
}
