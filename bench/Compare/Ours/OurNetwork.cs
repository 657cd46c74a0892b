using System;
using Recurrent.Bench.Roofline;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>One time step of many streams.</summary>
public delegate void StepOfManyStreams(int streams, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs);

/// <summary>A network of one layer. Its methods are delegates, so that a call costs what it does where the class is known.</summary>
/// <param name="Layer">Its layer.</param>
/// <param name="StateSize">Floats of a stream's state.</param>
/// <param name="Step">Its step.</param>
/// <param name="Run">Its run of a sequence, whose spans are the same.</param>
/// <param name="StepMany">Its step of many streams.</param>
/// <param name="BeginTraining">Trains a copy of it.</param>
public sealed record OurNetwork(
    Layer Layer, int StateSize, StepOfNetwork Step, StepOfNetwork Run, StepOfManyStreams StepMany, Func<Workload, IWork> BeginTraining)
{
    /// <summary>A network of a class.</summary>
    /// <param name="threads">Threads that may work on a call.</param>
    public static OurNetwork Of<TNetwork>(int threads = 1)
        where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 1);
        network.DegreeOfParallelism = threads;
        return new OurNetwork(
            Layer.Of(network),
            TNetwork.StateSize,
            network.Step,
            network.Run,
            network.StepMany,
            workload => new OurTraining<TNetwork>(TNetwork.Create(seed: 1), workload));
    }

    /// <summary>Begins a workload of this network.</summary>
    public IWork Begin(Workload workload) => workload.Mode switch
    {
        Mode.Step => new OurStep(workload),
        Mode.Run => new OurRun(workload),
        Mode.Many => new OurStepMany(workload),
        _ => BeginTraining(workload),
    };
}
