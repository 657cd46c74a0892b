using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using Recurrent;
using Recurrent.Training;
using Spectre.Console;

/// <summary>A network that tells languages apart.</summary>
/// <param name="network">The network, with an output for each language.</param>
/// <param name="read">What it reads of a word: a row for each time step, as many as it takes.</param>
public sealed class Classifier<TNetwork>(TNetwork network, Func<Word, float[]> read)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>Many to one: only the output behind the last letter is scored.</summary>
    public void Train(IEnumerable<Word> words, int epochs, ProgressTask bar)
    {
        TrainingSequence[] sequences = [.. words.Select(word => TrainingSequence.ManyToOne(read(word), word.Language))];
        TrainingOptions options = new()
        {
            Epochs = epochs,
            BatchSize = 64,
            LearningRate = 0.005,
            Schedule = new CosineSchedule(epochs) { PerEpoch = true },
            Optimizer = new AdamWOptions { WeightDecay = 0.01, DecayBiases = false },
            Seed = 1,
            Threads = Environment.ProcessorCount, // The same bits for any number of them.
        };
        using Trainer<TNetwork> trainer = new(network, new CrossEntropyLoss(), options);
        trainer.Train(sequences, new TrainingBar(bar));
    }

    /// <summary>The language that a word seems to be from.</summary>
    public int Classify(Word word)
    {
        float[] inputs = read(word);
        float[] outputs = new float[inputs.Length / TNetwork.InputSize * TNetwork.OutputSize];
        network.Run(inputs, new float[TNetwork.StateSize], outputs);
        return TensorPrimitives.IndexOfMax<float>(outputs.AsSpan(outputs.Length - TNetwork.OutputSize));
    }
}
