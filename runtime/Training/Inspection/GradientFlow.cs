using System;

namespace Recurrent.Training;

/// <summary>
/// How much of a gradient is left at each time step on its way back: what vanishes, or explodes, in recurrent networks (Bengio, Simard and Frasconi, Learning
/// Long-Term Dependencies with Gradient Descent Is Difficult, 1994).
/// </summary>
public static class GradientFlow
{
    /// <summary>The Euclidean norms of a loss's gradient by the state in front of each time step.</summary>
    /// <typeparam name="TNetwork">The network's class: one whose layers run forward, so that a sequence can be taken step by step.</typeparam>
    /// <param name="network">The network, whose sequence starts from <c>StartState</c>. What it leaves to chance is left out.</param>
    /// <param name="inputs">[steps, InputSize], row after row.</param>
    /// <param name="outputGradients">[steps, OutputSize]: the loss's gradient by each output; that of the last step alone, to see how far it reaches.</param>
    /// <returns>[steps + 1]: at t, the norm of the gradient by the state behind which step t (counted from 0) comes; the last is 0, that by the final state.</returns>
    /// <exception cref="ArgumentNullException">There is no network.</exception>
    /// <exception cref="ArgumentException">A length does not fit, or the network refuses the inputs.</exception>
    public static double[] StateNorms<TNetwork>(TNetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients)
        where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        int steps = Boundary.Steps(inputs.Length, TNetwork.InputSize, nameof(inputs), nameof(TNetwork.InputSize));
        Boundary.Rows(outputGradients.Length, steps, TNetwork.OutputSize, nameof(outputGradients), nameof(TNetwork.OutputSize));

        int record = TNetwork.TapeSize(1);
        float[] state = new float[TNetwork.StateSize];
        float[] output = new float[TNetwork.OutputSize];
        float[] tape = new float[TNetwork.TapeSize(steps)];
        network.StartState(state);
        for (int t = 0; t < steps; t++)
        {
            network.Forward(inputs.Slice(t * TNetwork.InputSize, TNetwork.InputSize), state, output, tape.AsSpan(t * record, record));
        }

        float[] parameterGradients = new float[TNetwork.ParameterCount];
        double[] norms = new double[steps + 1];
        Array.Clear(state);
        for (int t = steps - 1; t >= 0; t--)
        {
            network.Backward(
                outputGradients.Slice(t * TNetwork.OutputSize, TNetwork.OutputSize), state, tape.AsSpan(t * record, record), parameterGradients, inputGradients: []);
            norms[t] = Norm(state);
        }

        return norms;
    }

    /// <summary>In doubles: what has vanished to 1e-20 or less has no square among floats, and is what norms are asked for here.</summary>
    private static double Norm(ReadOnlySpan<float> gradients)
    {
        double sum = 0;
        foreach (float gradient in gradients)
        {
            sum += (double)gradient * gradient;
        }

        return Math.Sqrt(sum);
    }
}
