using System;
using System.Linq;
using Recurrent.Training;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>Steps of training on one batch.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed class OurTraining<TNetwork> : IWork
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly Trainer<TNetwork> _trainer;
    private readonly TrainingSequence[] _batch;
    private readonly float[] _loss = new float[1];

    /// <param name="network">What is trained; this disposes it.</param>
    /// <param name="workload">What it is trained on.</param>
    public OurTraining(TNetwork network, Workload workload)
    {
        _network = network;
        _trainer = new Trainer<TNetwork>(
            network, new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = Workload.LearningRate, ClipNorm = Workload.ClipNorm, Threads = workload.Threads });
        int inputs = workload.Steps * TNetwork.InputSize;
        int outputs = workload.Steps * TNetwork.OutputSize;
        _batch =
        [
            .. Enumerable.Range(0, workload.Streams).Select(i => new TrainingSequence(
                workload.Inputs.AsMemory(i * inputs, inputs), workload.Targets.AsMemory(i * outputs, outputs))),
        ];
    }

    public ReadOnlySpan<float> Result => _loss;

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _loss[0] = (float)_trainer.TrainBatch(_batch);
        }
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _network.Dispose();
    }
}
