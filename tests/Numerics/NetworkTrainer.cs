using System;
using System.Collections.Generic;
using Recurrent.Training;

namespace Recurrent.Tests.Numerics;

/// <summary>A generated network and its trainer, for tests that know its class only at run time.</summary>
public abstract class NetworkTrainer : IDisposable
{
    public abstract double TrainBatch(ReadOnlySpan<TrainingSequence> batch);

    public abstract double Evaluate(IReadOnlyList<TrainingSequence> sequences);

    /// <summary>The network's parameters as they are now.</summary>
    public abstract float[] Parameters();

    public abstract void Dispose();
}

/// <summary>The trainer of a network of the class <typeparamref name="T"/>.</summary>
public sealed class NetworkTrainer<T>(T network, TrainingOptions options) : NetworkTrainer
    where T : class, ITrainableNetwork<T>
{
    private readonly Trainer<T> _trainer = new(network, new MeanSquaredErrorLoss(), options);

    public override double TrainBatch(ReadOnlySpan<TrainingSequence> batch) => _trainer.TrainBatch(batch);

    public override double Evaluate(IReadOnlyList<TrainingSequence> sequences) => _trainer.Evaluate(sequences);

    public override float[] Parameters()
    {
        float[] parameters = new float[T.ParameterCount];
        network.CopyParametersTo(parameters);
        return parameters;
    }

    public override void Dispose()
    {
        _trainer.Dispose();
        network.Dispose();
    }
}
