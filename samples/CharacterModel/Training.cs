using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using Spectre.Console;

/// <summary>
/// Truncated back-propagation through time: the text is cut into streams that are read side by side, a window at a time. The state goes on from one window to the next,
/// the gradient does not go back.
/// </summary>
public sealed class Training(Speller speller, Corpus corpus, Settings settings)
{
    private const int Streams = 16;
    private const int Window = 100;
    private const int WarmUp = 50;
    private const int SampleLength = 400;

    /// <summary>Trains, and shows under the bar what the network writes by now.</summary>
    public List<Lesson> Run()
    {
        TrainingSequence[] streams = corpus.Streams(Streams);
        using Trainer<Speller> trainer = new(speller, new CrossEntropyLoss(), Options(streams[0].Classes.Length));
        Author author = new(speller, settings);
        List<Lesson> lessons = [];
        trainer.EpochEnded += epoch => lessons.Add(new Lesson(epoch.Epoch, Bits(epoch.Loss), Bits(epoch.ValidationLoss!.Value), author.Write(SampleLength)));
        AnsiConsole.Progress()
            .UseRenderHook((bar, _) => new Rows(bar, Show(lessons.LastOrDefault())))
            .Start(context => trainer.Train(streams, corpus.Scored(), new TrainingBar(context.AddTask("Training"))));
        return lessons;
    }

    private static Panel Show(Lesson? lesson) => lesson is null
        ? new Panel(new Text("What the network writes is shown after each epoch."))
        : new Panel(new Text(lesson.Written)) { Header = new PanelHeader(FormattableString.Invariant($" After epoch {lesson.Epoch}: {lesson.HeldOutBits:F3} bits per character ")) };

    private static double Bits(double nats) => nats / Math.Log(2);

    private TrainingOptions Options(int streamLength)
    {
        int epochs = settings.Quick ? 3 : 12;
        int steps = epochs * ((streamLength + Window - 1) / Window);
        return new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = Streams,
            TruncatedSteps = Window,
            Optimizer = new AdamWOptions { DecayBiases = false },
            LearningRate = 0.004,
            Schedule = new WarmUpSchedule(WarmUp) { Then = new CosineSchedule(steps - WarmUp) },
            ClipNorm = 1,
            Threads = Environment.ProcessorCount,
            GroupSize = Streams / 2, // What a thread takes at a time: two threads share a batch.
            Seed = 1,
        };
    }
}
