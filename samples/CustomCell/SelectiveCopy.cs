using System;
using System.Linq;
using Recurrent.Training;

/// <summary>
/// The task of Gu and Dao, Mamba: linear-time sequence modeling with selective state spaces, 2023: tokens come at random among blanks, and are then asked for, one
/// after another. Which steps to remember depends on what is there, and not on when.
/// </summary>
public static class SelectiveCopy
{
    public const int Tokens = 16;
    public const int Values = 8;

    /// <summary>Steps in which the tokens come; the questions follow.</summary>
    public const int Listening = 128;

    public const int Steps = Listening + Tokens;

    /// <summary>One input for each value of a token, one for a blank, one for a question: at each step one of them is 1.</summary>
    public const int InputSize = Values + 2;

    /// <summary>One for each value of a token, one for a blank.</summary>
    public const int OutputSize = Values + 1;

    private const int Blank = Values;
    private const int Question = Values + 1;

    /// <summary>The loss of who knows when a token is asked for, and not which: ln(Values) at each question, 0 elsewhere.</summary>
    public static double GuessingLoss => Tokens * Math.Log(Values) / Steps;

    /// <summary>Sequences of <see cref="Steps"/>, the right answer at each: a blank while listening, then the tokens in order.</summary>
    public static TrainingSequence[] Draw(int sequences, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, sequences).Select(_ => Draw(random))];
    }

    private static TrainingSequence Draw(Random random)
    {
        float[] inputs = new float[Steps * InputSize];
        int[] answers = [.. Enumerable.Repeat(Blank, Steps)];
        int tokens = 0;
        for (int step = 0; step < Steps; step++)
        {
            int input = step < Listening ? Blank : Question;

            // As many as are missing among as many steps as are left: all positions are equally likely.
            if (step < Listening && random.Next(Listening - step) < Tokens - tokens)
            {
                input = random.Next(Values);
                answers[Listening + tokens++] = input;
            }

            inputs[step * InputSize + input] = 1;
        }

        return new TrainingSequence(inputs, answers);
    }
}
