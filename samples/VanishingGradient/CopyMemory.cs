using System;
using System.Linq;
using System.Numerics.Tensors;
using Recurrent.Training;

/// <summary>
/// Copy memory (Hochreiter and Schmidhuber, 1997; Arjovsky, Shah and Bengio, Unitary Evolution Recurrent Neural Networks, 2016): tokens, then blanks, then as many
/// questions as there were tokens, which are to be answered in the order in which they came.
/// </summary>
/// <param name="length">How many blanks there are.</param>
public sealed class CopyMemory(int length) : MemoryTask
{
    public const int Tokens = 5;

    /// <summary>How many values a token may have.</summary>
    public const int Values = 8;

    /// <summary>One input for each value of a token, one for a blank, one for a question: at each step one of them is 1.</summary>
    public const int InputSize = Values + 2;

    private const int Blank = Values;
    private const int Question = Values + 1;

    public override Loss Loss { get; } = new CrossEntropyLoss();

    protected override TrainingSequence Draw(Random random)
    {
        int[] tokens = [.. Enumerable.Range(0, Tokens).Select(_ => random.Next(Values))];
        int[] steps = [.. tokens, .. Enumerable.Repeat(Blank, length), .. Enumerable.Repeat(Question, Tokens)];
        float[] inputs = new float[steps.Length * InputSize];
        for (int step = 0; step < steps.Length; step++)
        {
            inputs[(step * InputSize) + steps[step]] = 1;
        }

        return new TrainingSequence(inputs, tokens) { ScoredSteps = Tokens };
    }

    protected override double Score(in TrainingSequence sequence, ReadOnlySpan<float> outputs)
    {
        int right = 0;
        ReadOnlySpan<float> answers = outputs[^(Tokens * Values)..];
        for (int token = 0; token < Tokens; token++)
        {
            right += TensorPrimitives.IndexOfMax(answers.Slice(token * Values, Values)) == sequence.Classes.Span[token] ? 1 : 0;
        }

        const double Guessing = 1.0 / Values;
        return (((double)right / Tokens) - Guessing) / (1 - Guessing);
    }
}
