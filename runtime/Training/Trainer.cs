using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics.Tensors;
using System.Threading;

namespace Recurrent.Training;

/// <summary>
/// Trains a network by back-propagation through time: <see cref="Adam"/> on the gradient of a loss, averaged over batches of
/// sequences and clipped by its norm. Every sequence starts from a state of zeros.
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
    private readonly TNetwork network;
    private readonly Loss loss;
    private readonly TrainingOptions options;
    private readonly Adam optimizer;
    private readonly Random random;
    private readonly float[] parameters;
    private readonly float[] parameterGradients;
    private readonly float[] state;
    private float[] outputs = [];
    private float[] outputGradients = [];
    private float[] tape = [];

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network, which training changes.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="options">How to train; by default <see cref="TrainingOptions"/> as it is made.</param>
    /// <exception cref="ArgumentNullException">There is no network or no loss.</exception>
    public Trainer(TNetwork network, Loss loss, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        this.network = network;
        this.loss = loss;
        this.options = options ?? new TrainingOptions();
        optimizer = new Adam(TNetwork.ParameterCount, this.options.LearningRate);
        random = new Random(this.options.Seed);
        parameters = new float[TNetwork.ParameterCount];
        parameterGradients = new float[TNetwork.ParameterCount];
        state = new float[TNetwork.StateSize];
    }

    /// <summary>The optimiser's learning rate; finite, at least 0. May change between steps, and while progress is reported.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRate
    {
        get => optimizer.LearningRate;
        set => optimizer.LearningRate = value;
    }

    /// <summary>
    /// Trains for <see cref="TrainingOptions.Epochs"/> epochs, visiting the sequences in an order that is shuffled for each. Called
    /// again, it goes on where it stopped, with the optimiser's moments and the random numbers that follow.
    /// </summary>
    /// <param name="sequences">What to learn from; at least one, of any lengths. Each counts the same, whatever its length.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The mean loss of the last epoch's sequences, each before the step it took part in.</returns>
    /// <exception cref="ArgumentException">A sequence does not fit the network or the loss; nothing has been trained.</exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights are those before that batch.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the weights are those after the last batch.</exception>
    public double Train(
        IReadOnlyList<TrainingSequence> sequences,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        TrainingSequence[] shuffled = [.. sequences];
        Prepare(shuffled, nameof(sequences), withTape: true);
        network.CopyParametersTo(parameters);

        int batches = (shuffled.Length - 1) / options.BatchSize + 1;
        double epochLoss = 0;
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(shuffled);
            epochLoss = 0;
            for (int index = 0; index < batches; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int start = index * options.BatchSize;
                int count = Math.Min(options.BatchSize, shuffled.Length - start);
                double batchLoss = Step(shuffled.AsSpan(start, count), out double gradientNorm);
                epochLoss += batchLoss * count / shuffled.Length;
                progress?.Report(new TrainingProgress(epoch, options.Epochs, index + 1, batches, batchLoss, gradientNorm));
            }
        }

        return epochLoss;
    }

    /// <summary>Takes one step of the optimiser, for those who choose their batches themselves. Allocates nothing, unless a sequence is longer than any before.</summary>
    /// <param name="batch">The sequences whose gradients are averaged; at least one, and not bound to <see cref="TrainingOptions.BatchSize"/>.</param>
    /// <returns>The mean loss of the sequences, before the step.</returns>
    /// <exception cref="ArgumentException">A sequence does not fit the network or the loss; nothing has been trained.</exception>
    /// <exception cref="ArithmeticException">A gradient became NaN or infinite; the weights have not changed.</exception>
    public double TrainBatch(ReadOnlySpan<TrainingSequence> batch)
    {
        Prepare(batch, nameof(batch), withTape: true);
        network.CopyParametersTo(parameters);
        return Step(batch, out _);
    }

    /// <summary>Computes the mean loss of sequences without changing the network.</summary>
    /// <param name="sequences">At least one, of any lengths. Each counts the same, whatever its length.</param>
    /// <returns>The mean loss; what it is, where that is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">A sequence does not fit the network or the loss.</exception>
    public double Evaluate(IReadOnlyList<TrainingSequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        TrainingSequence[] all = [.. sequences];
        Prepare(all, nameof(sequences), withTape: false);
        double sum = 0;
        foreach (TrainingSequence sequence in all)
        {
            ReadOnlySpan<float> inputs = sequence.Inputs.Span;
            Span<float> y = outputs.AsSpan(0, inputs.Length / TNetwork.InputSize * TNetwork.OutputSize);
            Array.Clear(state);
            network.Run(inputs, state, y);
            sum += loss.Compute(y, sequence, outputGradients.AsSpan(0, y.Length));
        }

        return sum / all.Length;
    }

    /// <summary>One step of the optimiser on sequences that have been checked, from the trainer's copy of the parameters.</summary>
    private double Step(ReadOnlySpan<TrainingSequence> sequences, out double gradientNorm)
    {
        Array.Clear(parameterGradients);
        double sum = 0;
        foreach (ref readonly TrainingSequence sequence in sequences)
        {
            sum += ForwardAndBackward(sequence);
        }

        double meanLoss = sum / sequences.Length;
        TensorPrimitives.Multiply(parameterGradients, 1f / sequences.Length, parameterGradients);
        gradientNorm = Gradients.ClipNorm(parameterGradients, options.ClipNorm);
        if (!double.IsFinite(gradientNorm))
        {
            throw new ArithmeticException(string.Create(
                CultureInfo.InvariantCulture,
                $"The gradient's norm is {gradientNorm} where the loss is {meanLoss}; wanted a finite norm. The learning rate is {LearningRate}: a lower one, or inputs of a smaller scale, may help."));
        }

        optimizer.Step(parameterGradients, parameters);
        network.SetParameters(parameters);
        return meanLoss;
    }

    private float ForwardAndBackward(in TrainingSequence sequence)
    {
        ReadOnlySpan<float> inputs = sequence.Inputs.Span;
        int steps = inputs.Length / TNetwork.InputSize;
        Span<float> y = outputs.AsSpan(0, steps * TNetwork.OutputSize);
        Span<float> dy = outputGradients.AsSpan(0, y.Length);
        Span<float> kept = tape.AsSpan(0, TNetwork.TapeSize(steps));

        Array.Clear(state);
        network.Forward(inputs, state, y, kept);
        float sequenceLoss = loss.Compute(y, sequence, dy);

        // Nothing is scored behind the last step: the gradient by the final state is 0.
        Array.Clear(state);
        network.Backward(dy, state, kept, parameterGradients, inputGradients: []);
        return sequenceLoss;
    }

    /// <summary>Checks every sequence, then makes the buffers long enough for the longest.</summary>
    private void Prepare(ReadOnlySpan<TrainingSequence> sequences, string parameterName, bool withTape)
    {
        if (sequences.IsEmpty)
        {
            throw new ArgumentException("There are 0 sequences; wanted at least 1.", parameterName);
        }

        int longest = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            int length = sequences[i].Inputs.Length;
            int steps = length / TNetwork.InputSize;
            string? mismatch = length == 0 || length % TNetwork.InputSize != 0
                ? string.Create(CultureInfo.InvariantCulture, $"has {length} inputs; wanted a multiple of {TNetwork.InputSize}, at least one time step")
                : loss.Mismatch(sequences[i], steps, TNetwork.OutputSize);
            if (mismatch is not null)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"{parameterName}[{i}] {mismatch}."),
                    parameterName);
            }

            longest = Math.Max(longest, steps);
        }

        int outputLength = checked(longest * TNetwork.OutputSize);
        if (outputs.Length < outputLength)
        {
            outputs = new float[outputLength];
            outputGradients = new float[outputLength];
        }

        if (withTape && tape.Length < TNetwork.TapeSize(longest))
        {
            tape = new float[TNetwork.TapeSize(longest)];
        }
    }
}
