using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// Losses and gradients of a batch, on several threads. The batch is cut into groups of a fixed size; each group sums the gradients of its
/// sequences in a buffer of its own, and the sums are added in the order of the groups. So no bit depends on the number of threads.
/// </summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
internal sealed class BatchPass<TNetwork> : IDisposable
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // What a thread adds at a time: a few vectors' worth of groups stays in its cache.
    private const int SliceLength = 8192;

    private readonly int _groupSize;
    private readonly ThreadTeam _team;
    private readonly GroupPass<TNetwork>[] _passes;
    private readonly IItemWork _train;
    private readonly IItemWork _evaluate;
    private readonly IItemWork _add;
    private TrainingSequence[] _sequences = [];
    private ulong[] _seeds = [];
    private double[] _losses = [];
    private float[][] _gradients = [];
    private float[] _states = [];
    private int[] _slots = [];
    private int _count;

    /// <param name="network">The network.</param>
    /// <param name="start">Where sequences begin.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="groupSize">Sequences of a group; at least 1.</param>
    /// <param name="tapeFloats">Floats that each thread may use for the tape, and the states that are kept beside it.</param>
    public BatchPass(TNetwork network, SequenceStart<TNetwork> start, Loss loss, int threads, int groupSize, long tapeFloats)
    {
        _groupSize = groupSize;
        _passes = new GroupPass<TNetwork>[threads];
        for (int i = 0; i < threads; i++)
        {
            _passes[i] = new GroupPass<TNetwork>(network, start, loss, tapeFloats);
        }

        _train = new TrainWork(this);
        _evaluate = new EvaluateWork(this);
        _add = new AddWork(this);
        _team = new ThreadTeam(threads);
    }

    /// <summary>Whether sequences run alone: <see cref="GroupPass{TNetwork}.IsSegmented"/>.</summary>
    public bool IsSegmented
    {
        get => _passes[0].IsSegmented;
        set
        {
            foreach (GroupPass<TNetwork> pass in _passes)
            {
                pass.IsSegmented = value;
            }
        }
    }

    /// <summary>The loss of each sequence of the last batch.</summary>
    public ReadOnlySpan<double> Losses => _losses.AsSpan(0, _count);

    private int Groups => (_count + _groupSize - 1) / _groupSize;

    /// <summary>Makes the buffers large enough.</summary>
    /// <param name="sequences">Sequences of a batch.</param>
    /// <param name="steps">Time steps of the longest.</param>
    /// <param name="withGradients">Whether gradients will be asked for.</param>
    public void Prepare(int sequences, int steps, bool withGradients)
    {
        foreach (GroupPass<TNetwork> pass in _passes)
        {
            pass.Prepare(Math.Min(_groupSize, sequences), steps, withGradients);
        }

        if (_sequences.Length < sequences)
        {
            _sequences = new TrainingSequence[sequences];
            _seeds = new ulong[sequences];
            _slots = new int[sequences];
            _losses = new double[sequences];
        }

        int groups = (sequences + _groupSize - 1) / _groupSize;
        if (withGradients && _gradients.Length < groups)
        {
            int before = _gradients.Length;
            Array.Resize(ref _gradients, groups);
            for (int i = before; i < groups; i++)
            {
                _gradients[i] = new float[TNetwork.ParameterCount];
            }
        }
    }

    /// <summary>Computes the mean gradient of sequences and the sum of their losses.</summary>
    /// <param name="sequences">The sequences, which have been checked; at least one.</param>
    /// <param name="random">Gives a seed for each.</param>
    /// <param name="parameterGradients">Receives the mean of their gradients.</param>
    /// <param name="states">[any, StateSize]: receives the state behind each sequence; empty where nobody wants it.</param>
    /// <param name="slots">Which row of them each sequence has.</param>
    /// <exception cref="RefusedSequenceException">The network refuses inputs.</exception>
    public double Train(
        ReadOnlySpan<TrainingSequence> sequences, ref SplitMix64 random, Span<float> parameterGradients, float[] states, ReadOnlySpan<int> slots)
    {
        Begin(sequences);
        _states = states;
        slots.CopyTo(_slots);
        foreach (ref ulong seed in _seeds.AsSpan(0, _count))
        {
            seed = random.Next();
        }

        _team.Run(_train, Groups);
        if (Groups > 1)
        {
            _team.Run(_add, (parameterGradients.Length + SliceLength - 1) / SliceLength);
        }

        TensorPrimitives.Multiply(_gradients[0], 1f / _count, parameterGradients);
        return End();
    }

    /// <summary>Computes the sum of the losses of sequences, as inference gives them.</summary>
    /// <param name="sequences">The sequences, which have been checked; at least one.</param>
    /// <exception cref="RefusedSequenceException">The network refuses inputs.</exception>
    public double Evaluate(ReadOnlySpan<TrainingSequence> sequences)
    {
        Begin(sequences);
        _team.Run(_evaluate, Groups);
        return End();
    }

    public void Dispose() => _team.Dispose();

    private void Begin(ReadOnlySpan<TrainingSequence> sequences)
    {
        _count = sequences.Length;
        sequences.CopyTo(_sequences);
    }

    /// <summary>Sums the losses, and lets go of the caller's memory.</summary>
    private double End()
    {
        Array.Clear(_sequences, 0, _count);
        double sum = 0;
        foreach (double loss in Losses)
        {
            sum += loss;
        }

        return sum;
    }

    private (int Start, int Length) Group(int group) => (group * _groupSize, Math.Min(_groupSize, _count - (group * _groupSize)));

    private sealed class TrainWork(BatchPass<TNetwork> batch) : IItemWork
    {
        public void Do(int thread, int item)
        {
            (int start, int length) = batch.Group(item);
            float[] gradients = batch._gradients[item];
            Array.Clear(gradients);
            try
            {
                batch._passes[thread].Train(
                    batch._sequences.AsSpan(start, length),
                    batch._seeds.AsSpan(start, length),
                    batch._losses.AsSpan(start, length),
                    gradients,
                    batch._states,
                    batch._slots.AsSpan(start, length));
            }
            catch (RefusedSequenceException e)
            {
                throw new RefusedSequenceException(start + e.Index, e.Reason);
            }
        }
    }

    private sealed class EvaluateWork(BatchPass<TNetwork> batch) : IItemWork
    {
        public void Do(int thread, int item)
        {
            (int start, int length) = batch.Group(item);
            try
            {
                batch._passes[thread].Evaluate(batch._sequences.AsSpan(start, length), batch._losses.AsSpan(start, length));
            }
            catch (RefusedSequenceException e)
            {
                throw new RefusedSequenceException(start + e.Index, e.Reason);
            }
        }
    }

    /// <summary>Adds a slice of all groups' gradients to that of the first.</summary>
    private sealed class AddWork(BatchPass<TNetwork> batch) : IItemWork
    {
        public void Do(int thread, int item)
        {
            int start = item * SliceLength;
            Span<float> sum = batch._gradients[0].AsSpan(start, Math.Min(SliceLength, TNetwork.ParameterCount - start));
            for (int group = 1; group < batch.Groups; group++)
            {
                TensorPrimitives.Add(sum, batch._gradients[group].AsSpan(start, sum.Length), sum);
            }
        }
    }
}
