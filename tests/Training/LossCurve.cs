using System;

namespace Recurrent.Tests.Training;

/// <summary>
/// What an LSTM(8, 32) and a GRU(8, 32) are trained on to compare the curves of their losses with libtorch's: three batches in turn, of four sequences of
/// sixteen steps, whose outputs should be half the difference of an input and one of the step before.
/// </summary>
public static class LossCurve
{
    public const int Length = 100;
    public const int InputSize = 8;
    public const int HiddenSize = 32;
    public const int Steps = 16;
    public const int BatchSize = 4;
    public const double LearningRate = 0.01;

    /// <summary>Low enough for clipping to have something to do at the start.</summary>
    public const double ClipNorm = 0.05;

    private const int Batches = 3;

    /// <summary>The weights at the start, in the order of the network's tensors: from -k to k, k² being 1 / hidden size, as PyTorch draws them.</summary>
    public static float[] Parameters(int count) => Numbers(count, seed: 1, 1 / Math.Sqrt(HiddenSize));

    /// <summary>[BatchSize, Steps, InputSize] of a step, counted from 0.</summary>
    public static float[] Inputs(int step) => Numbers(BatchSize * Steps * InputSize, seed: 2 + (step % Batches), 1);

    /// <summary>[BatchSize, Steps, HiddenSize] of the same step.</summary>
    public static float[] Targets(int step)
    {
        float[] inputs = Inputs(step);
        float[] targets = new float[BatchSize * Steps * HiddenSize];
        for (int i = 0; i < targets.Length; i++)
        {
            int row = i / HiddenSize;
            float before = row % Steps == 0 ? 0 : inputs[((row - 1) * InputSize) + ((i + 3) % InputSize)];
            targets[i] = 0.5f * (inputs[(row * InputSize) + (i % InputSize)] - before);
        }

        return targets;
    }

    private static float[] Numbers(int count, int seed, double bound)
    {
        Random random = new(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
        }

        return numbers;
    }
}
