using System;
using System.Numerics.Tensors;

/// <summary>Numbers with a mean of 0 and a deviation of 1 are what a network learns from best.</summary>
public readonly record struct Scale(float Mean, float Deviation)
{
    /// <summary>The scale that gives these numbers a mean of 0 and a standard deviation of 1.</summary>
    /// <remarks>In double precision, so that what is trained on is the same everywhere: the width of a machine's vectors decides how sums round.</remarks>
    public static Scale Of(ReadOnlySpan<float> numbers)
    {
        double[] exact = new double[numbers.Length];
        TensorPrimitives.ConvertChecked(numbers, exact);
        return new Scale((float)TensorPrimitives.Average<double>(exact), (float)TensorPrimitives.StdDev<double>(exact));
    }

    public float Apply(float number) => (number - Mean) / Deviation;

    public float Undo(float scaled) => scaled * Deviation + Mean;
}
