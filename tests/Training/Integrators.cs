using System;
using System.Linq;
using Recurrent.Training;

namespace Recurrent.Tests.Training;

/// <summary>What tests of the trainer have in common.</summary>
internal static class Integrators
{
    /// <summary>Sequences of 3, 4, 5, ... time steps, with what the teacher gives as targets.</summary>
    public static TrainingSequence[] Sequences(int count, LeakyIntegrator teacher, int seed = 0) =>
        [.. Enumerable.Range(0, count).Select(i =>
        {
            int steps = 3 + i;
            float[] inputs = Numbers.Random(2 * steps, seed + i);
            float[] targets = new float[3 * steps];
            teacher.Run(inputs, new float[1], targets);
            return new TrainingSequence(inputs, targets);
        })];

    /// <summary>A network's parameters as they are now.</summary>
    public static float[] Weights(LeakyIntegrator network)
    {
        float[] parameters = new float[9];
        network.CopyParametersTo(parameters);
        return parameters;
    }

    /// <summary>Hears of every batch at once, on the thread that trains.</summary>
    public sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
