using System;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>
    /// exp(x) divided by its sum: each in [0, 1], together 1. The greatest element is taken off before, which changes nothing but keeps exp finite.
    /// Bridle, Probabilistic interpretation of feedforward classification network outputs, 1990.
    /// </summary>
    /// <exception cref="ArgumentException">The vector has no elements.</exception>
    public static Vec Softmax(Vec x)
    {
        Vec e = Exp(x - Max(x));
        return e / Sum(e);
    }

    /// <summary>
    /// (x - mean) / sqrt(variance + epsilon) times weight, plus bias; mean and variance (the mean square of the deviations) are those of the elements of x.
    /// Ba, Kiros and Hinton, Layer normalization, 2016.
    /// </summary>
    /// <param name="x">What is normalised.</param>
    /// <param name="weight">As long as <paramref name="x"/>, or one element.</param>
    /// <param name="bias">As long as <paramref name="x"/>, or one element.</param>
    /// <param name="epsilon">Keeps the quotient finite where all elements are equal; PyTorch's default.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public static Vec LayerNorm(Vec x, Vec weight, Vec bias, double epsilon = 1e-5)
    {
        CheckLength(nameof(LayerNorm), weight, nameof(weight), x.Length);
        CheckLength(nameof(LayerNorm), bias, nameof(bias), x.Length);
        Vec centred = x - Mean(x);
        return (centred * Rsqrt(Mean(centred * centred) + epsilon) * weight) + bias;
    }

    /// <summary>
    /// x / sqrt(mean square + epsilon) times weight. Zhang and Sennrich, Root mean square layer normalization, 2019.
    /// </summary>
    /// <param name="x">What is normalised.</param>
    /// <param name="weight">As long as <paramref name="x"/>, or one element.</param>
    /// <param name="epsilon">Keeps the quotient finite where all elements are 0.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="weight"/> is another.</exception>
    public static Vec RmsNorm(Vec x, Vec weight, double epsilon = 1e-6)
    {
        CheckLength(nameof(RmsNorm), weight, nameof(weight), x.Length);
        return x * Rsqrt(Mean(x * x) + epsilon) * weight;
    }

    /// <summary>All vectors one behind the other.</summary>
    /// <param name="parts">The vectors, in order.</param>
    public static Vec Concat(params Vec[] parts)
    {
        int length = 0;
        foreach (Vec part in parts)
        {
            length += part.Length;
        }

        double[] result = new double[length];
        Span<double> rest = result;
        foreach (Vec part in parts)
        {
            part.AsSpan().CopyTo(rest);
            rest = rest[part.Length..];
        }

        return Vec.Own(result);
    }

    private static void CheckLength(string word, Vec given, string name, int wanted)
    {
        if (given.Length != wanted && given.Length != 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{word}' of a vector of {wanted} needs a {name} of {wanted} elements, or of one; it has {given.Length}."), name);
        }
    }
}
