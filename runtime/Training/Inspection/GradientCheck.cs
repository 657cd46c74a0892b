using System;
using System.Collections.Generic;

namespace Recurrent.Training;

/// <summary>
/// Compares the gradients that a network's <c>Backward</c> gives with differences of its loss: for a cell of your own, whose equations may have what is no
/// derivative everywhere, or a loss of your own, whose gradient you have written.
/// </summary>
/// <remarks>
/// The derivative by p is (8 (L(p + d) - L(p - d)) - (L(p + 2d) - L(p - 2d))) / 12 d, whose error falls with d⁴ (Abramowitz and Stegun, 25.3.6), so that d can be
/// large enough for the rounding of floats to count little. Right gradients of smooth equations are within about 1e-3 of their tensor's largest; kinks, such as Relu's,
/// are seen where one lies within reach.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks a network on a sequence. Its parameters are moved meanwhile, and are at the end what they were.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="network">The network; nothing else may use it meanwhile. What it leaves to chance is left out.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="sequence">The sequence, which starts from <c>StartState</c>; a few time steps will do.</param>
    /// <param name="options">How to check; by default <see cref="GradientCheckOptions"/> as it is made.</param>
    /// <returns>A row for each tensor that is not frozen, for the inputs and for the initial state.</returns>
    /// <exception cref="ArgumentNullException">There is no network or no loss.</exception>
    /// <exception cref="ArgumentException">The sequence does not fit the network or the loss, or the network refuses its inputs.</exception>
    public static IReadOnlyList<GradientError> Run<TNetwork>(TNetwork network, Loss loss, TrainingSequence sequence, GradientCheckOptions? options = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new GradientCheckOptions();
        LossPass<TNetwork> pass = new(network, loss, sequence);
        pass.Differentiate();
        List<GradientError> errors = [];
        try
        {
            foreach (TensorInfo tensor in TNetwork.Parameters)
            {
                if (!tensor.IsFrozen && tensor.Length > 0)
                {
                    errors.Add(Compare(
                        tensor.Name, pass.Parameters.AsSpan(tensor.Offset, tensor.Length), pass.ParameterGradients.AsSpan(tensor.Offset, tensor.Length), pass.Loss, options));
                }
            }
        }
        finally
        {
            network.SetParameters(pass.Parameters);
        }

        if (options.Inputs)
        {
            errors.Add(Compare("inputs", pass.Inputs, pass.InputGradients, pass.LossOfInputs, options));
        }

        if (TNetwork.StateSize > 0)
        {
            errors.Add(Compare("state", pass.Start, pass.StartGradients, pass.LossOfInputs, options));
        }

        return errors;
    }

    private static GradientError Compare(string name, Span<float> values, ReadOnlySpan<float> gradients, Func<double> loss, GradientCheckOptions options)
    {
        int count = Math.Min(values.Length, options.MostElements);
        double scale = 0;
        GradientError worst = new(name, 0, 0, gradients[0], 0, 0);
        double largest = -1;
        for (int i = 0; i < count; i++)
        {
            int index = (int)((long)i * values.Length / count);
            double difference = Difference(ref values[index], loss, options.Distance);
            double gradient = gradients[index];
            double error = Math.Abs(gradient - difference);
            scale = Math.Max(scale, Math.Max(Math.Abs(gradient), Math.Abs(difference)));

            // Also where it is no number.
            if (!(error <= largest))
            {
                largest = error;
                worst = worst with { Index = index, Gradient = gradient, Difference = difference };
            }

            if (double.IsNaN(error))
            {
                break;
            }
        }

        return worst with { RelativeError = largest == 0 ? 0 : largest / scale, Scale = scale };
    }

    private static double Difference(ref float value, Func<double> loss, double distance)
    {
        float before = value;

        // The distance that floats can go, so that it is what is divided by.
        float near = (float)(before + distance);
        double d = (double)near - before;
        double narrow = At(ref value, near) - At(ref value, (float)(before - d));
        double wide = At(ref value, (float)(before + (2 * d))) - At(ref value, (float)(before - (2 * d)));
        value = before;
        return ((8 * narrow) - wide) / (12 * d);

        double At(ref float place, float moved)
        {
            place = moved;
            return loss();
        }
    }
}
