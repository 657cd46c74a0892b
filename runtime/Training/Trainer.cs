using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics.Tensors;
using System.Threading;

namespace Recurrent.Training;

/// <summary>
/// Trains a network by back-propagation through time: an optimiser, Adam by default, on the gradient of a loss, averaged over batches of
/// sequences and clipped by its norm. Every sequence starts from its <see cref="TrainingSequence.InitialState"/>, or the state that
/// <see cref="INetwork{TSelf}.StartState"/> writes: zeros, or what is learned.
/// </summary>
/// <remarks>
/// What depends on the network is allocated by the constructor, what depends on the length of the longest sequence before the first
/// step; the steps themselves allocate nothing. The same network, sequences, options and machine give the same bits every time. A
/// trainer is used by one thread at a time, and no other may use the network meanwhile. The network stays the caller's to dispose.
/// </remarks>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed class Trainer<TNetwork>
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>Sequences whose gradients are computed together.</summary>
    private const int GroupSize = 16;

    private readonly TNetwork _network;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;
    private readonly ParameterUpdates _updates;
    private readonly float[] _parameters;
    private readonly float[] _parameterGradients;
    private readonly float[] _state;
    private readonly GroupTraining<TNetwork> _group;
    private readonly ulong[] _seeds = new ulong[GroupSize];
    private readonly double[] _losses = new double[GroupSize];
    private SplitMix64 _random;
    private SplitMix64 _masks;
    private float[] _outputs = [];
    private float[] _outputGradients = [];

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network, which training changes.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="options">How to train; by default <see cref="TrainingOptions"/> as it is made.</param>
    /// <exception cref="ArgumentNullException">There is no network or no loss.</exception>
    /// <exception cref="ArgumentException">The optimiser's settings exclude each other, or do not fit the network's tensors.</exception>
    public Trainer(TNetwork network, Loss loss, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        _network = network;
        _loss = loss;
        _group = new GroupTraining<TNetwork>(network, loss);
        _options = options ?? new TrainingOptions();
        _updates = new ParameterUpdates(_options, TNetwork.Parameters);
        _random = new SplitMix64((uint)_options.Seed);
        _masks = new SplitMix64(~(ulong)(uint)_options.Seed);
        _parameters = new float[TNetwork.ParameterCount];
        _parameterGradients = new float[TNetwork.ParameterCount];
        _state = new float[TNetwork.StateSize];
    }

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
    /// Trains for <see cref="TrainingOptions.Epochs"/> epochs, visiting the sequences in an order that is shuffled for each. Called
    /// again, it goes on where it stopped, with the optimiser's moments and the random numbers that follow.
    /// </summary>
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
    public double Train(
        IReadOnlyList<TrainingSequence> sequences,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        TrainingSequence[] shuffled = [.. sequences];
        int[] positions = [.. Enumerable.Range(0, shuffled.Length)];
        Prepare(shuffled, nameof(sequences), Math.Min(_options.BatchSize, shuffled.Length));
        _network.CopyParametersTo(_parameters);

        int batches = (shuffled.Length - 1) / _options.BatchSize + 1;
        double epochLoss = 0;
        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            Shuffle(shuffled, positions);
            epochLoss = 0;
            for (int index = 0; index < batches; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int start = index * _options.BatchSize;
                int count = Math.Min(_options.BatchSize, shuffled.Length - start);
                double batchLoss = Step(shuffled.AsSpan(start, count), positions.AsSpan(start, count), nameof(sequences), out double gradientNorm);
                epochLoss += batchLoss * count / shuffled.Length;
                progress?.Report(new TrainingProgress(epoch, _options.Epochs, index + 1, batches, batchLoss, gradientNorm));
            }

            _updates.EndEpoch(epochLoss);
        }

        return epochLoss;
    }

    /// <summary>Takes one step of the optimiser, for those who choose their batches themselves. Allocates nothing, unless a sequence is longer than any before.</summary>
    /// <param name="batch">The sequences whose gradients are averaged; at least one, and not bound to <see cref="TrainingOptions.BatchSize"/>.</param>
    /// <returns>The mean loss of the sequences, before the step.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or a sequence does not fit the network or the loss, or the network refuses its inputs; the weights have not changed.</exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights have not changed.</exception>
    public double TrainBatch(ReadOnlySpan<TrainingSequence> batch)
    {
        Prepare(batch, nameof(batch), batch.Length);
        _network.CopyParametersTo(_parameters);
        return Step(batch, positions: [], nameof(batch), out _);
    }

    /// <summary>Computes the mean loss of sequences without changing the network.</summary>
    /// <param name="sequences">At least one, of any lengths. Each counts by its <see cref="TrainingSequence.Weight"/>, whatever its length.</param>
    /// <returns>The mean loss; what it is, where that is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or a sequence does not fit the network or the loss, or the network refuses its inputs.</exception>
    public double Evaluate(IReadOnlyList<TrainingSequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        TrainingSequence[] all = [.. sequences];
        Prepare(all, nameof(sequences), batchSize: 0);
        double sum = 0;
        for (int i = 0; i < all.Length; i++)
        {
            ref readonly TrainingSequence sequence = ref all[i];
            ReadOnlySpan<float> inputs = sequence.Inputs.Span;
            int steps = inputs.Length / TNetwork.InputSize;
            Span<float> y = _outputs.AsSpan(0, steps * TNetwork.OutputSize);
            Start(sequence);
            try
            {
                _network.Run(inputs, _state, y);
            }
            catch (ArgumentException e)
            {
                throw Refused(nameof(sequences), i, e);
            }

            sum += _loss.ComputeChecked(y, steps, sequence, _outputGradients.AsSpan(0, y.Length));
        }

        return sum / all.Length;
    }

    private static ArgumentException Refused(string parameterName, int position, ArgumentException reason) => new(
        string.Create(CultureInfo.InvariantCulture, $"{parameterName}[{position}] is refused by the network: {reason.Message}"),
        parameterName,
        reason);

    /// <summary>Fisher and Yates's shuffle: every order is as likely as any other, and the same seed gives the same order everywhere.</summary>
    private void Shuffle(Span<TrainingSequence> sequences, Span<int> positions)
    {
        for (int last = sequences.Length - 1; last > 0; last--)
        {
            int other = _random.NextBelow(last + 1);
            (sequences[last], sequences[other]) = (sequences[other], sequences[last]);
            (positions[last], positions[other]) = (positions[other], positions[last]);
        }
    }

    /// <summary>One step of the optimiser on sequences whose lengths have been checked, from the trainer's copy of the parameters.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="positions">Where they stand in the caller's list; empty where that is their order.</param>
    /// <param name="parameterName">The list's name.</param>
    /// <param name="gradientNorm">The norm of their gradient, before clipping.</param>
    private double Step(ReadOnlySpan<TrainingSequence> sequences, ReadOnlySpan<int> positions, string parameterName, out double gradientNorm)
    {
        Array.Clear(_parameterGradients);
        double sum = 0;
        for (int first = 0; first < sequences.Length; first += GroupSize)
        {
            int count = Math.Min(GroupSize, sequences.Length - first);
            foreach (ref ulong seed in _seeds.AsSpan(0, count))
            {
                seed = _masks.Next();
            }

            try
            {
                _group.Train(sequences.Slice(first, count), _seeds.AsSpan(0, count), _losses, _parameterGradients);
            }
            catch (RefusedSequenceException e)
            {
                throw Refused(parameterName, positions.IsEmpty ? first + e.Index : positions[first + e.Index], e.Reason);
            }

            foreach (double loss in _losses.AsSpan(0, count))
            {
                sum += loss;
            }
        }

        double meanLoss = sum / sequences.Length;
        TensorPrimitives.Multiply(_parameterGradients, 1f / sequences.Length, _parameterGradients);
        gradientNorm = _updates.Step(_parameterGradients, _parameters);
        if (!double.IsFinite(gradientNorm))
        {
            throw new ArithmeticException(string.Create(
                CultureInfo.InvariantCulture,
                $"The gradient's norm is {gradientNorm} where the loss is {meanLoss}; a finite norm is wanted. The learning rate is {LearningRate}: a lower one, or inputs of a smaller scale, may help."));
        }

        _network.SetParameters(_parameters);
        return meanLoss;
    }

    /// <summary>Writes the state in which a sequence begins.</summary>
    private void Start(in TrainingSequence sequence)
    {
        if (sequence.InitialState.IsEmpty)
        {
            _network.StartState(_state);
        }
        else
        {
            sequence.InitialState.Span.CopyTo(_state);
        }
    }

    /// <summary>Checks every sequence's lengths and targets, then makes the buffers long enough for the longest.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="parameterName">The list's name.</param>
    /// <param name="batchSize">Sequences of a step of the optimiser; 0 where there will be none.</param>
    private void Prepare(ReadOnlySpan<TrainingSequence> sequences, string parameterName, int batchSize)
    {
        if (sequences.IsEmpty)
        {
            throw new ArgumentException("There are 0 sequences; at least 1 is wanted.", parameterName);
        }

        int longest = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            int length = sequences[i].Inputs.Length;
            int steps = length / TNetwork.InputSize;
            int stateLength = sequences[i].InitialState.Length;
            string? mismatch = length == 0 || length % TNetwork.InputSize != 0
                ? string.Create(CultureInfo.InvariantCulture, $"has {length} inputs; a multiple of {TNetwork.InputSize} is wanted, at least one time step")
                : stateLength != 0 && stateLength != TNetwork.StateSize
                ? string.Create(CultureInfo.InvariantCulture, $"has an initial state of {stateLength} floats; {Boundary.Are(TNetwork.StateSize)} wanted, or none")
                : _loss.Misfit(sequences[i], steps, TNetwork.OutputSize);
            if (mismatch is not null)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"{parameterName}[{i}] {mismatch}."),
                    parameterName);
            }

            longest = Math.Max(longest, steps);
        }

        int outputLength = checked(longest * TNetwork.OutputSize);
        if (batchSize > 0)
        {
            _group.Prepare(Math.Min(GroupSize, batchSize), longest);
        }
        else if (_outputs.Length < outputLength)
        {
            _outputs = new float[outputLength];
            _outputGradients = new float[outputLength];
        }
    }
}
