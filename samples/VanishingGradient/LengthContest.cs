using System;
using System.Linq;
using Recurrent;
using Recurrent.Training;
using Spectre.Console;

/// <summary>
/// Trains networks on longer and longer sequences, each on from the weights that solved the length before, until one is too long. Every network may read as many time
/// steps at a length as every other.
/// </summary>
/// <param name="lengths">From short to long.</param>
/// <param name="seeds">How often each network is trained, from other weights and on other sequences.</param>
/// <param name="stepsPerLength">About how many time steps a network may read before a length counts as too long.</param>
/// <param name="rate">The learning rate.</param>
public sealed class LengthContest(int[] lengths, int seeds, int stepsPerLength, double rate)
{
    /// <summary>What score counts as solved.</summary>
    public const double Solved = 0.95;

    private const int Sequences = 2000;
    private const int HeldOut = 200;
    private const int MostEpochs = 100;

    /// <summary>The longest length that a cell solves, for each seed; 0 where it solves none.</summary>
    /// <param name="first">The network of the first seed, which is trained.</param>
    /// <param name="task">The task of a length.</param>
    /// <param name="bar">Moves as seeds are done.</param>
    public int[] Enter<TNetwork>(TNetwork first, Func<int, SequenceTask> task, ProgressTask bar)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        bar.MaxValue = seeds;
        int[] solved = new int[seeds];
        for (int seed = 1; seed <= seeds; seed++)
        {
            using TNetwork? other = seed == 1 ? null : TNetwork.Create(seed);
            solved[seed - 1] = Climb(other ?? first, task, seed);
            bar.Increment(1);
        }

        return solved;
    }

    private int Climb<TNetwork>(TNetwork network, Func<int, SequenceTask> task, int seed)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TrainingOptions options = new() { Epochs = MostEpochs, BatchSize = 32, LearningRate = rate, Seed = seed, Threads = Environment.ProcessorCount };
        using Trainer<TNetwork> trainer = new(network, task(lengths[0]).Loss, options);
        int solved = 0;
        foreach (int length in lengths)
        {
            SequenceTask tried = task(length);
            TrainingSequence[] heldOut = tried.HeldOut(HeldOut);
            int epochs = Math.Clamp(stepsPerLength / (Sequences * length), 1, MostEpochs);
            double score = 0;
            trainer.EpochEnded += Measure;
            trainer.Train(tried.Draw(Sequences, seed));
            trainer.EpochEnded -= Measure;
            if (score < Solved)
            {
                break;
            }

            solved = length;

            void Measure(TrainingEpoch epoch)
            {
                score = tried.Score(network, heldOut);
                if (score >= Solved || epoch.Epoch == epochs)
                {
                    trainer.Stop();
                }
            }
        }

        return solved;
    }
}
