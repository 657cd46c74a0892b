using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent.Training;

/// <content>Checkpoints.</content>
public sealed partial class Trainer<TNetwork>
{
    private const string UpdatesPart = "updates";
    private const string BestPart = "best";
    private const string HistoryPart = "history";
    private const string StatesPart = "states";

    /// <summary>
    /// Writes all that training depends on from here on: weights, optimiser, schedule and average, random numbers, the place in the epoch, the best weights so far, the history.
    /// To be called between calls of <c>Train</c>, while progress is reported, or when an epoch has ended.
    /// </summary>
    /// <remarks>
    /// The file is safetensors with metadata and a checksum. It appears under its name only when it is complete and on the disk: one that was there before survives
    /// whatever happens meanwhile. <see cref="TrainingOptions.CheckpointPath"/> lets <c>Train</c> do it by itself.
    /// </remarks>
    /// <param name="path">The file; one that exists is replaced. Two trainers must not write to one file.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public void SaveCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        float[] parameters = new float[TNetwork.ParameterCount];
        _network.CopyParametersTo(parameters);
        byte[] updates = new byte[_updates.StateSize];
        _updates.SaveState(updates);
        byte[] best = new byte[sizeof(float) * _best.Parameters.Length];
        LittleEndian.Write(_best.Parameters, best);
        byte[] history = History.ToBytes();

        // States are carried over from one window of a batch to the next, and between batches there are none.
        ReadOnlySpan<float> carried = _run.Window > 0 ? _windows.States : [];
        byte[] states = new byte[sizeof(float) * carried.Length];
        LittleEndian.Write(carried, states);
        CheckpointFile.Write(
            path,
            new Dictionary<string, string>
            {
                ["network"] = typeof(TNetwork).ToString(),
                ["loss"] = _loss.GetType().ToString(),
                ["options"] = OptionsText.Of(_options),
                ["order"] = Text(_random.State),
                ["masks"] = Text(_masks.State),
                ["run"] = _run.IsUnderWay ? _run.Fingerprint : "",
                ["is_segmented"] = Text(_pass.IsSegmented ? 1 : 0),
                ["is_stopped"] = Text(_run.IsStopped ? 1 : 0),
                ["epoch"] = Text(_run.Epoch),
                ["batch"] = Text(_run.Batch),
                ["window"] = Text(_run.Window),
                ["epoch_order"] = Text(_run.Order.State),
                ["loss_sum"] = Text(_run.LossSum),
                ["sequences"] = Text(_run.Sequences),
                ["gradient_norm"] = Text(_run.GradientNorm),
                ["ticks"] = Text(_run.Duration.Ticks),
                ["best_loss"] = Text(_best.Loss),
                ["epochs_without"] = Text(_best.EpochsWithout),
            },
            TNetwork.Parameters,
            parameters,
            [
                new CheckpointPart(UpdatesPart, ElementType.U8, new TensorShape(updates.Length), updates),
                new CheckpointPart(BestPart, ElementType.F32, new TensorShape(_best.Parameters.Length), best),
                new CheckpointPart(HistoryPart, ElementType.F64, new TensorShape(History.Count, TrainingHistory.Columns), history),
                new CheckpointPart(StatesPart, ElementType.F32, new TensorShape(carried.Length), states),
            ]);

        static string Text<T>(T number)
            where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Goes on where the trainer stood that wrote a checkpoint: what <c>Train</c> does next with the same sequences gives the bits of a run that was never
    /// interrupted, on the same machine. A run that the checkpoint was written in goes on from its place; of one that had come to its end, <c>Train</c> returns the result.
    /// </summary>
    /// <remarks>The options must be those of that trainer, but <see cref="TrainingOptions.Epochs"/>, <see cref="TrainingOptions.Threads"/> and where checkpoints go.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is no checkpoint or damaged, or is that of another network, loss or options; the message says in what they differ, and nothing has changed.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read; nothing has changed.</exception>
    public void LoadCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        CheckpointContent content = CheckpointFile.Read(path, TNetwork.Parameters);
        try
        {
            Load(content);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private void Load(CheckpointContent content)
    {
        Same("network", content["network"], typeof(TNetwork).ToString());
        Same("loss", content["loss"], _loss.GetType().ToString());
        if (OptionsText.Difference(content["options"], OptionsText.Of(_options)) is { } difference)
        {
            throw new InvalidDataException($"the checkpoint was written with other options:{difference}");
        }

        // Whatever may be wrong is read before anything changes.
        RunPosition run = new()
        {
            Fingerprint = content["run"],
            IsUnderWay = content["run"].Length > 0,
            IsStopped = content.Number<int>("is_stopped") != 0,
            Epoch = content.Number<int>("epoch"),
            Batch = content.Number<int>("batch"),
            Window = content.Number<int>("window"),
            Order = new SplitMix64(content.Number<ulong>("epoch_order")),
            LossSum = content.Number<double>("loss_sum"),
            Sequences = content.Number<long>("sequences"),
            GradientNorm = content.Number<double>("gradient_norm"),
            Duration = TimeSpan.FromTicks(content.Number<long>("ticks")),
        };
        SplitMix64 random = new(content.Number<ulong>("order"));
        SplitMix64 masks = new(content.Number<ulong>("masks"));
        bool isSegmented = content.Number<int>("is_segmented") != 0;
        double bestLoss = content.Number<double>("best_loss");
        int epochsWithout = content.Number<int>("epochs_without");
        byte[] best = content.Part(BestPart, sizeof(float) * _best.Parameters.Length);
        byte[] history = content.Part(HistoryPart, content.Parts.GetValueOrDefault(HistoryPart, []).Length / TrainingHistory.EpochBytes * TrainingHistory.EpochBytes);
        byte[] states = content.Part(StatesPart);
        _updates.LoadState(content.Part(UpdatesPart));

        History.FromBytes(history);
        _windows.Restore(states);
        LittleEndian.Read(best, _best.Parameters);
        _best.Restore(bestLoss, epochsWithout);
        (_run, _random, _masks) = (run, random, masks);
        _isResumed = run.IsUnderWay;
        _pass.IsSegmented = isSegmented;
        _network.SetParameters(content.Parameters);
    }

    private static void Same(string what, string saved, string current)
    {
        if (saved != current)
        {
            throw new InvalidDataException($"the checkpoint is that of the {what} {QuotedText.Quote(saved)}; {current} is wanted.");
        }
    }
}
