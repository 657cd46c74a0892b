using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using Spectre.Console;
using Translator = Recurrent.Training.EncoderDecoder<Reader, Writer>;

/// <summary>Teacher forcing: while it learns, the decoder reads the digits that it should have written.</summary>
public sealed class Training(Translator translator, NumberWords[] numbers, NumberWords[] heldOut)
{
    private const int BatchSize = 32;
    private const int WarmUp = 100;

    /// <summary>Trains, and lets the network run freely after each epoch on numbers that it is not trained on.</summary>
    public List<Lesson> Run(int epochs)
    {
        TrainingSequence[] pairs = [.. numbers.Select(number => Translator.Pair(Alphabet.Read(number.Words), Digits.Read(number.Number), Digits.Start, Digits.End))];
        using Trainer<Translator> trainer = new(translator, new CrossEntropyLoss(), Options(pairs.Length, epochs));
        NumberReader reader = new(translator);
        List<Lesson> lessons = [];
        trainer.EpochEnded += epoch => lessons.Add(new Lesson(epoch.Epoch, epoch.Loss, Accuracy.Of(heldOut, number => reader.Read(number.Words))));
        AnsiConsole.Progress().Start(context => trainer.Train(pairs, new TrainingBar(context.AddTask("Training"))));
        return lessons;
    }

    private static TrainingOptions Options(int pairs, int epochs) => new()
    {
        Epochs = epochs,
        BatchSize = BatchSize,
        Optimizer = new AdamWOptions { DecayBiases = false },
        LearningRate = 0.004,
        Schedule = new WarmUpSchedule(WarmUp) { Then = new CosineSchedule(epochs * ((pairs + BatchSize - 1) / BatchSize) - WarmUp) },
        Threads = Environment.ProcessorCount,
        GroupSize = BatchSize / 4, // What a thread takes at a time.
        Seed = 1,
    };
}
