using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Training;

// A training run that tests kill: interrupted CHECKPOINT WEIGHTS. It goes on from the checkpoint where there is one, and writes one after every batch.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
TrainingOptions options = new()
{
    Epochs = 8,
    BatchSize = 8,
    LearningRate = 0.01,
    Schedule = new CosineSchedule(150),
    AverageDecay = 0.9,
    Seed = 3,
    Threads = 2,
    GroupSize = 3,
    TruncatedSteps = 20,
    ValidationFraction = 0.1,
    KeepBest = true,
    CheckpointPath = args[0],
    CheckpointBatches = 1,
};
TrainingSequence[] sequences = [.. Enumerable.Range(0, 80).Select(i =>
{
    Random random = new(i);
    int steps = 10 + (i % 30);
    return new TrainingSequence(Numbers(steps * InterruptedNetwork.InputSize), Numbers(steps * InterruptedNetwork.OutputSize));

    float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
})];

using InterruptedNetwork network = InterruptedNetwork.Create(seed: 1);
using Trainer<InterruptedNetwork> trainer = new(network, new MeanSquaredErrorLoss(), options);
if (File.Exists(args[0]))
{
    trainer.LoadCheckpoint(args[0]);
}

Console.WriteLine("begins");
double loss = trainer.Train(sequences);
network.Save(args[1]);
Console.WriteLine($"loss {loss:R}");
foreach (TrainingEpoch epoch in trainer.History)
{
    Console.WriteLine($"{epoch.Epoch} {epoch.Loss:R} {epoch.ValidationLoss:R} {epoch.GradientNorm:R} {epoch.LearningRate:R} {epoch.IsBest}");
}
