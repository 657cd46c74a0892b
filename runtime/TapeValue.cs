using System;

namespace Recurrent;

/// <summary>A value of a network's equations that <c>Forward</c> keeps on the tape, and where: for looking inside, and nothing that a network needs.</summary>
/// <param name="Name">The layer's name, a dot, and the value's: as the cell's equations call it, where they do.</param>
/// <param name="Length">Its floats in a time step.</param>
/// <param name="LayerStart">Floats of a time step that layers in front of its own keep.</param>
/// <param name="Stride">Floats of a time step that its own layer keeps.</param>
/// <param name="Offset">Where in these it begins.</param>
/// <param name="Low">What it cannot be below: 0 for a sigmoid, -1 for a hyperbolic tangent; NaN where no bound is known.</param>
/// <param name="High">What it cannot be above, or NaN.</param>
public readonly record struct TapeValue(string Name, int Length, int LayerStart, int Stride, int Offset, float Low, float High)
{
    /// <summary>Finds the value in a tape.</summary>
    /// <param name="tape">What <c>Forward</c> has written.</param>
    /// <param name="steps">Time steps of the sequence.</param>
    /// <param name="step">The time step, from 0.</param>
    /// <returns><see cref="Length"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step, or the tape ends before it.</exception>
    public ReadOnlySpan<float> In(ReadOnlySpan<float> tape, int steps, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, steps);
        long start = ((long)steps * LayerStart) + ((long)step * Stride) + Offset;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + Length, tape.Length, nameof(tape));
        return tape.Slice((int)start, Length);
    }
}
