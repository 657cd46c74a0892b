using System;
using System.Diagnostics;
using System.Numerics.Tensors;
using Recurrent;
using Recurrent.Training;
using Spectre.Console;

/// <summary>How a network did: its loss on sequences that it was not trained on after each epoch, its right answers to questions, and the time.</summary>
public sealed record Result(string Name, int Parameters, int State, double[] Losses, double RightAnswers, double Seconds);

/// <summary>Trains networks on the same sequences with the same options.</summary>
public sealed class Contest(TrainingSequence[] training, TrainingSequence[] held, int epochs)
{
    public Result Enter<TNetwork>(string name, ProgressTask bar)
        where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
    {
        long started = Stopwatch.GetTimestamp();
        using TNetwork network = TNetwork.Create(seed: 1);
        TrainingOptions options = new() { Epochs = 1, BatchSize = 16, LearningRate = 0.02, Seed = 1 };
        Trainer<TNetwork> trainer = new(network, new CrossEntropyLoss(), options);
        double[] losses = new double[epochs + 1];
        bar.MaxValue = epochs;
        for (int epoch = 0; epoch <= epochs; epoch++)
        {
            if (epoch > 0)
            {
                trainer.LearningRate = options.LearningRate * (1 - (epoch - 1.0) / epochs);
                trainer.Train(training);
            }

            losses[epoch] = trainer.Evaluate(held);
            bar.Value = epoch;
            bar.Description = FormattableString.Invariant($"{name,-14} loss {losses[epoch]:F3}");
        }

        return new Result(name, TNetwork.ParameterCount, TNetwork.StateSize, losses, RightAnswers(network), Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The share of questions that get the right answer, over single steps as in a running program.</summary>
    private double RightAnswers<TNetwork>(TNetwork network)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        float[] state = new float[TNetwork.StateSize];
        float[] output = new float[TNetwork.OutputSize];
        int questions = 0;
        int right = 0;
        foreach (TrainingSequence sequence in held)
        {
            Array.Clear(state);
            for (int step = 0; step < SelectiveCopy.Steps; step++)
            {
                network.Step(sequence.Inputs.Span.Slice(step * SelectiveCopy.InputSize, SelectiveCopy.InputSize), state, output);
                if (step >= SelectiveCopy.Listening)
                {
                    questions++;
                    right += TensorPrimitives.IndexOfMax<float>(output) == sequence.Classes.Span[step] ? 1 : 0;
                }
            }
        }

        return (double)right / questions;
    }
}
