using System;
using System.Linq;
using Recurrent;
using Recurrent.Training;

/// <summary>What is left of the last output's gradient on its way back through time.</summary>
/// <param name="Cell">Which cell, and in what condition.</param>
/// <param name="Left">At d - 1 what is left d steps back: the norm of the gradient by the state there, beside that of one step back; the geometric mean over sequences.</param>
public sealed record GradientReach(string Cell, double[] Left)
{
    public static GradientReach Measure<TNetwork>(string cell, TNetwork network, TrainingSequence[] sequences)
        where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
    {
        int steps = sequences[0].Inputs.Length / TNetwork.InputSize;
        double[] logarithms = new double[steps];
        float[] outputGradients = new float[steps * TNetwork.OutputSize];
        outputGradients.AsSpan(^TNetwork.OutputSize..).Fill(1);
        foreach (TrainingSequence sequence in sequences)
        {
            // norms[t] is by the state in front of step t, and so steps - t steps back.
            double[] norms = GradientFlow.StateNorms(network, sequence.Inputs.Span, outputGradients);
            for (int distance = 1; distance <= steps; distance++)
            {
                logarithms[distance - 1] += Math.Log(norms[steps - distance] / norms[steps - 1]) / sequences.Length;
            }
        }

        return new GradientReach(cell, [.. logarithms.Select(Math.Exp)]);
    }
}
