using System;
using System.Collections.Generic;
using Recurrent;
using Recurrent.Training;

namespace Edge.Training;

/// <summary>
/// Teaches a network what the expert does: Ross, Gordon and Bagnell, A Reduction of Imitation Learning and Structured Prediction to No-Regret
/// Online Learning, 2011. In the first round the expert pushes, in all later ones the network, so that it sees what its own faults lead to. The
/// expert says what would have been right, and the network learns from all rounds so far.
/// </summary>
public static class Imitation
{
    /// <summary>Episodes from this seed on are for training, those below it for scores.</summary>
    public const int FirstSeed = 1_000_000;

    private const int Rounds = 12;
    private const int EpisodesPerRound = 24;

    /// <summary>Trains a new network.</summary>
    /// <param name="seed">Determines everything: the same seed gives the same weights.</param>
    /// <param name="progress">Is told after every batch what share of the work is done, and the batch's loss.</param>
    public static TNetwork Train<TNetwork>(int seed, Action<double, double> progress)
        where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed);
        TrainingOptions options = new() { Epochs = 8, BatchSize = 8, LearningRate = 0.005, Seed = seed };
        Trainer<TNetwork> trainer = new(network, new MeanSquaredErrorLoss(), options);
        List<TrainingSequence> sequences = [];
        for (int round = 0; round < Rounds; round++)
        {
            for (int episode = 0; episode < EpisodesPerRound; episode++)
            {
                Controller<TNetwork> student = new(network);
                bool teach = round == 0;
                sequences.Add(Episode.Record(
                    FirstSeed + sequences.Count,
                    (frame, state) => teach ? Expert.Act(state) : student.Act(frame)));
            }

            // Smaller steps in later rounds let the weights come to rest.
            double done = round;
            trainer.LearningRate = options.LearningRate * (1 - (done / Rounds));
            trainer.Train(sequences, new RoundProgress(batch =>
                progress((done + ((batch.Epoch - 1 + ((double)batch.Batch / batch.Batches)) / batch.Epochs)) / Rounds, batch.Loss)));
        }

        return network;
    }

    private sealed class RoundProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
