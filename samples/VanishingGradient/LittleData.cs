using System;
using System.Linq;
using Recurrent;
using Recurrent.Training;
using Spectre.Console;

/// <summary>How networks do that were trained on few sequences: which, and from what weights, depends on the seed.</summary>
/// <param name="task">The task, the same for all.</param>
/// <param name="sizes">How many sequences there are to learn from.</param>
/// <param name="seeds">How often each network is trained for each size.</param>
/// <param name="rate">The learning rate.</param>
public sealed class LittleData(SequenceTask task, int[] sizes, int seeds, double rate)
{
    private readonly TrainingSequence[] _heldOut = task.HeldOut(2000);

    /// <summary>Trains three networks, one after another.</summary>
    public LittleScores[] EnterAll<TRnn, TLstm, TGru>(ProgressContext context, string name)
        where TRnn : class, ITrainableNetwork<TRnn>
        where TLstm : class, ITrainableNetwork<TLstm>
        where TGru : class, ITrainableNetwork<TGru> =>
        [Enter<TRnn>("RNN", context.AddTask($"{name}, RNN")), Enter<TLstm>("LSTM", context.AddTask($"{name}, LSTM")), Enter<TGru>("GRU", context.AddTask($"{name}, GRU"))];

    private LittleScores Enter<TNetwork>(string cell, ProgressTask bar)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        bar.MaxValue = sizes.Length * seeds;
        return new LittleScores(cell, Array.ConvertAll(sizes, size => Enumerable.Range(1, seeds).Select(seed =>
        {
            double score = Train<TNetwork>(task.Draw(size, seed), seed);
            bar.Increment(1);
            return score;
        }).ToArray()));
    }

    private double Train<TNetwork>(TrainingSequence[] sequences, int seed)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        // A fifth of what little there is says when to stop.
        TrainingOptions options = new()
        {
            Epochs = 200,
            BatchSize = 16,
            GroupSize = 8,
            LearningRate = rate,
            ValidationFraction = 0.2,
            Patience = 15,
            KeepBest = true,
            Seed = seed,
            Threads = Environment.ProcessorCount,
        };
        using TNetwork network = TNetwork.Create(seed);
        using Trainer<TNetwork> trainer = new(network, task.Loss, options);
        trainer.Train(sequences);
        return task.Score(network, _heldOut);
    }
}
