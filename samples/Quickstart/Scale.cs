using System;
using System.Numerics.Tensors;

/// <summary>Numbers with a mean of 0 and a deviation of 1 are what a network learns from best.</summary>
public readonly record struct Scale(float Mean, float Deviation)
{
    /// <summary>The scale that gives these numbers a mean of 0 and a standard deviation of 1.</summary>
    public static Scale Of(ReadOnlySpan<float> numbers) => new(TensorPrimitives.Average(numbers), TensorPrimitives.StdDev(numbers));

    public float Apply(float number) => (number - Mean) / Deviation;

    public float Undo(float scaled) => scaled * Deviation + Mean;
}
