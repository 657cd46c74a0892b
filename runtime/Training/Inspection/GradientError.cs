using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>What <see cref="GradientCheck"/> found in one tensor.</summary>
/// <param name="Name">The tensor's name; <c>inputs</c>, or <c>state</c> for the initial one.</param>
/// <param name="RelativeError">The largest difference of the two gradients of an element, divided by <paramref name="Scale"/>; 0 where all are 0.</param>
/// <param name="Index">The element in which it is, counted in the order in which the tensor lies in memory.</param>
/// <param name="Gradient">What <c>Backward</c> gave for that element.</param>
/// <param name="Difference">What differences of the loss gave for it.</param>
/// <param name="Scale">The largest magnitude that either gave for an element of the tensor.</param>
public readonly record struct GradientError(string Name, double RelativeError, int Index, double Gradient, double Difference, double Scale)
{
    /// <summary>The row as text: the error, where it is, and both gradients.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {RelativeError:0.0e+0} at [{Index}], Backward gives {Gradient:g6} and differences {Difference:g6}; the largest is {Scale:g6}");
}
