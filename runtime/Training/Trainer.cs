using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Recurrent.Training;

/// <summary>
/// Trains a network by back-propagation through time: an optimiser, Adam by default, on the gradient of a loss, averaged over batches of
/// sequences and clipped by its norm. Every sequence starts from its <see cref="TrainingSequence.InitialState"/>, or from the state that <see cref="INetwork{TSelf}.StartState"/>
/// writes: zeros, or what is learned.
/// </summary>
/// <remarks>
/// What depends on the network is allocated by the constructor, what depends on the length of the longest sequence before the first
/// step; the steps themselves allocate nothing. The same network, sequences and options give the same bits every time on one machine, whatever
/// the number of threads, and whether its vectors have 256 bits or 512. A trainer is used by one thread at a time, and no other may use the network meanwhile. Disposing it ends its threads; the
/// network stays the caller's to dispose.
/// </remarks>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed partial class Trainer<TNetwork> : IDisposable
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const int MostEpochsHeld = 1024;

    private readonly TNetwork _network;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;
    private readonly ParameterUpdates _updates;
    private readonly float[] _parameters;
    private readonly float[] _parameterGradients;
    private readonly BatchPass<TNetwork> _pass;
    private readonly WindowedBatch _windows = new(TNetwork.InputSize, TNetwork.StateSize);
    private readonly BestEpoch _best;
    private RunPosition _run = new();
    private SplitMix64 _random;
    private SplitMix64 _masks;
    private bool _isRunning;
    private bool _isResumed;
    private int _stepsSinceCheckpoint;
    private bool _isDisposed;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network, which training changes.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="options">How to train; by default <see cref="TrainingOptions"/> as it is made.</param>
    /// <exception cref="ArgumentNullException">There is no network or no loss.</exception>
    /// <exception cref="ArgumentException">
    /// The optimiser's settings exclude each other, or do not fit the network's tensors; or <see cref="TrainingOptions.TruncatedSteps"/> are wanted of a network with a layer
    /// that runs in reverse, of an encoder and a decoder, or for a loss that is not one of time steps.
    /// </exception>
    public Trainer(TNetwork network, Loss loss, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        _network = network;
        _loss = loss;
        _options = options ?? new TrainingOptions();
        if (_options.TruncatedSteps is not null && (network is not IStreamingNetwork || !loss.IsPerStep))
        {
            string reason = loss.IsPerStep ? $"{typeof(TNetwork).Name} does not run step after step, for it has a layer that runs in reverse or is an encoder and a decoder" : $"{loss.GetType().Name} is a loss of whole sequences";
            throw new ArgumentException($"{nameof(TrainingOptions.TruncatedSteps)} is set, and {reason}: its sequences cannot be cut into windows.", nameof(options));
        }

        _updates = new ParameterUpdates(_options, TNetwork.Parameters);
        _random = new SplitMix64((uint)_options.Seed);
        _masks = new SplitMix64(~(ulong)(uint)_options.Seed);
        _parameters = new float[TNetwork.ParameterCount];
        _parameterGradients = new float[TNetwork.ParameterCount];
        _best = new BestEpoch(_options.MinimumImprovement, _options.KeepBest ? TNetwork.ParameterCount : 0);
        History = new TrainingHistory(Math.Min(_options.Epochs, MostEpochsHeld));
        _pass = new BatchPass<TNetwork>(network, new SequenceStart<TNetwork>(network, _options.InitialStateDeviation), loss, _options.Threads, _options.GroupSize, TapeFloats);
    }

    /// <summary>Told after every epoch, when <see cref="History"/> has it. May call <see cref="Stop"/>, and set <see cref="LearningRate"/>.</summary>
    public event Action<TrainingEpoch>? EpochEnded;

    /// <summary>The epochs of the last call of <c>Train</c>, or of the one under way.</summary>
    public TrainingHistory History { get; }

    /// <summary>The average of the weights after every step, where <see cref="TrainingOptions.AverageDecay"/> asks for it.</summary>
    public MovingAverage? Average => _updates.Average;

    /// <summary>
    /// The optimiser's learning rate; finite, at least 0. May change between steps, and while progress is reported; what is set holds until
    /// <see cref="TrainingOptions.Schedule"/> changes it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRate
    {
        get => _updates.LearningRate;
        set => _updates.LearningRate = value;
    }

    /// <summary>
    /// Trains for <see cref="TrainingOptions.Epochs"/> epochs, or until <see cref="TrainingOptions.Patience"/> is at its end, visiting the sequences in an
    /// order that is shuffled for each. <see cref="TrainingOptions.ValidationFraction"/> of them are not trained on.
    /// </summary>
    /// <remarks>
    /// Called again, it trains for as many epochs again, with the optimiser's moments and the random numbers that follow. After it was cancelled, it goes on
    /// where it stopped instead, if the sequences are the same.
    /// </remarks>
    /// <param name="sequences">What to learn from; at least one, of any lengths. Each counts by its <see cref="TrainingSequence.Weight"/>, whatever its length.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The mean loss of the last epoch's sequences, each before the step it took part in.</returns>
    /// <exception cref="ArgumentException">
    /// There is no sequence, or a sequence's lengths or targets do not fit the network or the loss: nothing has been trained. Or the
    /// network refuses a sequence's inputs, such as one that is no index of an embedding: this shows when the sequence's turn
    /// comes, and the weights are those after the last batch.
    /// </exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights are those before that batch.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the weights are those after the last batch.</exception>
    /// <exception cref="System.IO.IOException">A checkpoint cannot be written; the weights are those after the last batch.</exception>
    public double Train(
        IReadOnlyList<TrainingSequence> sequences,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        TrainingSequence[] all = [.. sequences];
        int longest = SequenceChecks.Longest<TNetwork>(all, _loss, nameof(sequences));
        (int[] training, int[] validation) = ValidationSplit.Draw(all.Length, _options.ValidationFraction, _options.Seed);
        using MemorySource source = new(Array.ConvertAll(training, i => all[i]), training, _options.BatchSize);
        Prepare(Math.Min(_options.BatchSize, training.Length), longest);
        return Run(source, nameof(sequences), new Validation(Array.ConvertAll(validation, i => all[i]), nameof(sequences), validation), progress, cancellationToken);
    }

    /// <summary>Trains like the other <c>Train</c>, and measures every epoch by sequences of the caller's choice.</summary>
    /// <param name="sequences">What to learn from; at least one, of any lengths. Each counts by its <see cref="TrainingSequence.Weight"/>, whatever its length.</param>
    /// <param name="validation">What to measure by; at least one, of any lengths. <see cref="TrainingOptions.ValidationFraction"/> must be 0.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The mean loss of the last epoch's sequences, each before the step it took part in.</returns>
    /// <exception cref="ArgumentException">As in the other <c>Train</c>, also of the sequences to measure by.</exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights are those before that batch.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the weights are those after the last batch.</exception>
    public double Train(
        IReadOnlyList<TrainingSequence> sequences,
        IReadOnlyList<TrainingSequence> validation,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(validation);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        TrainingSequence[] all = [.. sequences];
        int longest = SequenceChecks.Longest<TNetwork>(all, _loss, nameof(sequences));
        Validation given = Given(validation);
        using MemorySource source = new(all, [.. Enumerable.Range(0, all.Length)], _options.BatchSize);
        Prepare(Math.Min(_options.BatchSize, all.Length), longest);
        return Run(source, nameof(sequences), given, progress, cancellationToken);
    }

    /// <summary>
    /// Trains on sequences that are enumerated anew for each epoch, so that they need not be in memory all at once. Of each epoch,
    /// <see cref="TrainingOptions.ShuffleSize"/> are held at a time, and batches are drawn from those.
    /// </summary>
    /// <remarks>The same enumeration in the same order gives the same bits. A step allocates what the enumeration allocates, and where a sequence is longer than any before.</remarks>
    /// <param name="source">What to learn from; at least one sequence, of any lengths. Each counts by its <see cref="TrainingSequence.Weight"/>, whatever its length.</param>
    /// <param name="validation">What to measure every epoch by; <see langword="null"/> for nothing. <see cref="TrainingOptions.ValidationFraction"/> must be 0.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The mean loss of the last epoch's sequences, each before the step it took part in.</returns>
    /// <exception cref="ArgumentException">
    /// There is no sequence, or one does not fit the network or the loss, or the network refuses its inputs: this shows when its turn comes, and the weights
    /// are those after the last batch.
    /// </exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights are those before that batch.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the weights are those after the last batch.</exception>
    public double Train(
        IEnumerable<TrainingSequence> source,
        IReadOnlyList<TrainingSequence>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Validation given = Given(validation);
        using StreamSource sequences = new(source, _options.BatchSize, _options.ShuffleSize);
        return Run(sequences, nameof(source), given, progress, cancellationToken);
    }

    /// <summary>
    /// Lets the call of <c>Train</c> under way return after the batch at hand, as if it were the last of the last epoch: the epoch is measured and goes into
    /// <see cref="History"/>. To be called while progress is reported or an epoch has ended; without a call under way it has no effect.
    /// </summary>
    public void Stop() => _run.IsStopped |= _isRunning;

    /// <summary>Takes one step of the optimiser, or one for each window of <see cref="TrainingOptions.TruncatedSteps"/>, for those who choose their batches themselves. Allocates nothing, unless a sequence is longer than any before.</summary>
    /// <param name="batch">The sequences whose gradients are averaged; at least one, and not bound to <see cref="TrainingOptions.BatchSize"/>.</param>
    /// <returns>The mean loss of the sequences, before the step.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or a sequence does not fit the network or the loss, or the network refuses its inputs; the weights have not changed.</exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights have not changed.</exception>
    public double TrainBatch(ReadOnlySpan<TrainingSequence> batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Prepare(batch.Length, SequenceChecks.Longest<TNetwork>(batch, _loss, nameof(batch)));
        _network.CopyParametersTo(_parameters);
        double lossSum = 0;
        for (int window = 0; window < Windows(batch); window++)
        {
            lossSum += Step(batch, window, source: null, nameof(batch)).Loss;
        }

        return lossSum / batch.Length;
    }

    /// <summary>Computes the mean loss of sequences without changing the network.</summary>
    /// <param name="sequences">At least one, of any lengths. Each counts by its <see cref="TrainingSequence.Weight"/>, whatever its length.</param>
    /// <returns>The mean loss; what it is, where that is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or a sequence does not fit the network or the loss, or the network refuses its inputs.</exception>
    public double Evaluate(IReadOnlyList<TrainingSequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        TrainingSequence[] all = [.. sequences];
        _pass.Prepare(all.Length, SequenceChecks.Longest<TNetwork>(all, _loss, nameof(sequences)), withGradients: false);
        return Evaluate(new Validation(all, nameof(sequences), []));
    }

    /// <summary>Ends the trainer's threads.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _pass.Dispose();
        }
    }
}
