using System;

namespace Recurrent;

public static partial class Equations
{
    /// <summary>The lesser of two, element by element; NaN where one of them is.</summary>
    public static double Min(double left, double right) => Math.Min(left, right);

    /// <inheritdoc cref="Min(double, double)"/>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static Vec Min(Vec left, Vec right) => Vec.Zip(left, right, nameof(Min), Math.Min);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Vec Min(Vec left, double right) => left.Map(a => Math.Min(a, right));

    /// <inheritdoc cref="Min(double, double)"/>
    public static Vec Min(double left, Vec right) => right.Map(b => Math.Min(left, b));

    /// <inheritdoc cref="Min(double, double)"/>
    /// <exception cref="ArgumentException">The matrices are of different shapes.</exception>
    public static Mat Min(Mat left, Mat right) => Mat.Zip(left, right, nameof(Min), Math.Min);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Mat Min(Mat left, double right) => left.Map(a => Math.Min(a, right));

    /// <inheritdoc cref="Min(double, double)"/>
    public static Mat Min(double left, Mat right) => right.Map(b => Math.Min(left, b));

    /// <summary>The greater of two, element by element; NaN where one of them is.</summary>
    public static double Max(double left, double right) => Math.Max(left, right);

    /// <inheritdoc cref="Max(double, double)"/>
    /// <exception cref="ArgumentException">The vectors are of different lengths, and neither has one element.</exception>
    public static Vec Max(Vec left, Vec right) => Vec.Zip(left, right, nameof(Max), Math.Max);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Vec Max(Vec left, double right) => left.Map(a => Math.Max(a, right));

    /// <inheritdoc cref="Max(double, double)"/>
    public static Vec Max(double left, Vec right) => right.Map(b => Math.Max(left, b));

    /// <inheritdoc cref="Max(double, double)"/>
    /// <exception cref="ArgumentException">The matrices are of different shapes.</exception>
    public static Mat Max(Mat left, Mat right) => Mat.Zip(left, right, nameof(Max), Math.Max);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Mat Max(Mat left, double right) => left.Map(a => Math.Max(a, right));

    /// <inheritdoc cref="Max(double, double)"/>
    public static Mat Max(double left, Mat right) => right.Map(b => Math.Max(left, b));

    /// <summary>The nearest number to x in [low, high], and high where low is greater than high; NaN where one of the three is.</summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="low">The least result.</param>
    /// <param name="high">The greatest result.</param>
    public static double Clamp(double x, double low, double high) => Math.Min(high, Math.Max(low, x));

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Vec Clamp(Vec x, double low, double high) => x.Map(v => Clamp(v, low, high));

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Mat Clamp(Mat x, double low, double high) => x.Map(v => Clamp(v, low, high));
}
