using System;
using Recurrent.Training;

/// <summary>
/// The adding problem (Hochreiter and Schmidhuber, Long Short-Term Memory, 1997): every step has a number from 0 to 1, two of them have a mark, and behind the last
/// the network is to say the sum of these two. One mark is in the first half, the other in the second.
/// </summary>
/// <param name="length">How many steps there are.</param>
public sealed class AddingProblem(int length) : MemoryTask
{
    /// <summary>The number, and the mark.</summary>
    public const int InputSize = 2;

    /// <summary>The mean squared error of always answering 1: the variance of the sum of two numbers that are equally likely from 0 to 1.</summary>
    private const double GuessingError = 1.0 / 6;

    public override Loss Loss { get; } = new MeanSquaredErrorLoss();

    protected override TrainingSequence Draw(Random random)
    {
        float[] inputs = new float[length * InputSize];
        for (int step = 0; step < length; step++)
        {
            inputs[step * InputSize] = random.NextSingle();
        }

        int first = random.Next(length / 2) * InputSize;
        int second = random.Next(length / 2, length) * InputSize;
        inputs[first + 1] = inputs[second + 1] = 1;
        return TrainingSequence.ManyToOne(inputs, new[] { inputs[first] + inputs[second] });
    }

    protected override double Score(in TrainingSequence sequence, ReadOnlySpan<float> outputs)
    {
        double error = outputs[^1] - sequence.Targets.Span[0];
        return 1 - (error * error / GuessingError);
    }
}
