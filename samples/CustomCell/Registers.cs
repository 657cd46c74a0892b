using System;
using System.Linq;
using Recurrent.Training;

/// <summary>
/// A task of remembering: at each step a register is given a value, or is asked for the value that it was given last. Registers are written again and again,
/// so that old values must go.
/// </summary>
public static class Registers
{
    public const int Count = 12;
    public const int Values = 8;
    public const int Steps = 40;

    /// <summary>One input for each register and one for each value; a question has no value.</summary>
    public const int InputSize = Count + Values;

    /// <summary>Sequences of <see cref="Steps"/>, the right answer at each: what the register of the step holds.</summary>
    public static TrainingSequence[] Draw(int sequences, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, sequences).Select(_ => Draw(random))];
    }

    /// <summary>Whether a step is a question: whether no input says the value.</summary>
    public static bool IsQuestion(in TrainingSequence sequence, int step) =>
        !sequence.Inputs.Span.Slice(step * InputSize + Count, Values).ContainsAnyExcept(0f);

    private static TrainingSequence Draw(Random random)
    {
        float[] inputs = new float[Steps * InputSize];
        int[] answers = new int[Steps];
        int[] held = [.. Enumerable.Repeat(-1, Count)];
        for (int step = 0; step < Steps; step++)
        {
            int register = random.Next(Count);
            if (held[register] < 0 || random.Next(2) == 0)
            {
                held[register] = random.Next(Values);
                inputs[step * InputSize + Count + held[register]] = 1;
            }

            inputs[step * InputSize + register] = 1;
            answers[step] = held[register];
        }

        return new TrainingSequence(inputs, answers);
    }
}
