using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>What a value of a network's equations is like over a sequence: whether a gate is open or shut, and how often it is so for good.</summary>
/// <param name="Name">The layer's name, a dot, and the value's, such as <c>lstm0.f</c>.</param>
/// <param name="Mean">The mean over time steps and elements.</param>
/// <param name="Deviation">The standard deviation.</param>
/// <param name="Lowest">The lowest value.</param>
/// <param name="Highest">The highest value.</param>
/// <param name="Saturation">
/// The part, 0 to 1, that is within a twentieth of its range from a bound, where hardly any gradient gets through the activation; NaN for a value without bounds.
/// </param>
public readonly record struct ValueStatistics(string Name, double Mean, double Deviation, double Lowest, double Highest, double Saturation)
{
    /// <summary>Runs a sequence, and measures every value that the network keeps for its backward pass: all gates are among them.</summary>
    /// <typeparam name="TNetwork">The network's class, made by the generator.</typeparam>
    /// <param name="network">The network. What it leaves to chance is left out.</param>
    /// <param name="inputs">[steps, InputSize], row after row, from <c>StartState</c> on; at least one time step.</param>
    /// <returns>A row for each of the network's <c>TapeValues</c>.</returns>
    /// <exception cref="ArgumentNullException">There is no network.</exception>
    /// <exception cref="ArgumentException">The length does not fit, or the network refuses the inputs.</exception>
    public static IReadOnlyList<ValueStatistics> Measure<TNetwork>(TNetwork network, ReadOnlySpan<float> inputs)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        int steps = Boundary.Steps(inputs.Length, TNetwork.InputSize, nameof(inputs), nameof(TNetwork.InputSize));
        if (steps == 0)
        {
            throw new ArgumentException("There are 0 time steps; at least 1 is wanted.", nameof(inputs));
        }

        float[] state = new float[TNetwork.StateSize];
        float[] tape = new float[TNetwork.TapeSize(steps)];
        network.StartState(state);
        network.Forward(inputs, state, new float[steps * TNetwork.OutputSize], tape);

        List<ValueStatistics> all = [];
        foreach (TapeValue value in TNetwork.TapeValues)
        {
            all.Add(Of(value, tape, steps));
        }

        return all;
    }

    /// <summary>The row as text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: mean {Mean:0.000}, deviation {Deviation:0.000}, {Lowest:0.000} to {Highest:0.000}") + (double.IsNaN(Saturation) ? "" : string.Create(CultureInfo.InvariantCulture, $", {Saturation:0.0%} saturated"));

    private static ValueStatistics Of(in TapeValue value, ReadOnlySpan<float> tape, int steps)
    {
        double margin = (value.High - value.Low) / 20.0;
        double sum = 0, lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        long saturated = 0;
        for (int t = 0; t < steps; t++)
        {
            foreach (float element in value.In(tape, steps, t))
            {
                sum += element;
                lowest = Math.Min(lowest, element);
                highest = Math.Max(highest, element);
                saturated += element < value.Low + margin || element > value.High - margin ? 1 : 0;
            }
        }

        double count = (double)steps * value.Length;
        double mean = sum / count;
        double squares = 0;
        for (int t = 0; t < steps; t++)
        {
            foreach (float element in value.In(tape, steps, t))
            {
                squares += (element - mean) * (element - mean);
            }
        }

        return new ValueStatistics(value.Name, mean, Math.Sqrt(squares / count), lowest, highest, double.IsNaN(margin) ? double.NaN : saturated / count);
    }
}
