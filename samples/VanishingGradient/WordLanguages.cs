using System;
using System.Linq;
using System.Numerics.Tensors;
using Recurrent.Training;

/// <summary>What language a word is from, read letter by letter; the words are those of the sample SequenceClassifier. The score is the share of right answers.</summary>
public sealed class WordLanguages : SequenceTask
{
    private readonly Word[] _training;
    private readonly Word[] _heldOut;

    public WordLanguages(Words words)
    {
        (_training, _heldOut) = words.Split(heldOut: 0.2, seed: 1);
        new Random(1).Shuffle(_heldOut);
    }

    public override Loss Loss { get; } = new CrossEntropyLoss();

    public override TrainingSequence[] Draw(int count, int seed) => [.. new Random(seed).GetItems(_training, count).Select(Sequence)];

    public override TrainingSequence[] HeldOut(int count) => [.. _heldOut.Take(count).Select(Sequence)];

    protected override double Score(in TrainingSequence sequence, ReadOnlySpan<float> outputs) =>
        TensorPrimitives.IndexOfMax(outputs[^Words.Languages..]) == sequence.Classes.Span[0] ? 1 : 0;

    private static TrainingSequence Sequence(Word word) => TrainingSequence.ManyToOne(Inputs.Letters(word), word.Language);
}
