using System;
using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>Our own step, called for each of many streams: what doing them at once is compared with.</summary>
public sealed class OwnStepPeer : IPeer
{
    public string Name => "own-step";

    public IWork? Begin(Workload workload) => workload.Mode == Mode.Many ? new Work(workload) : null;

    private sealed class Work(Workload workload) : IWork
    {
        private readonly float[] _states = new float[workload.Streams * workload.Network.StateSize];
        private readonly float[] _outputs = new float[workload.Streams * workload.Layer.Hidden];

        public ReadOnlySpan<float> Result => _outputs;

        public void Repeat(int count)
        {
            int inputSize = workload.Layer.Input;
            int outputSize = workload.Layer.Hidden;
            int stateSize = workload.Network.StateSize;
            for (int i = 0; i < count; i++)
            {
                for (int stream = 0; stream < workload.Streams; stream++)
                {
                    workload.Network.Step(
                        workload.Inputs.AsSpan(stream * inputSize, inputSize),
                        _states.AsSpan(stream * stateSize, stateSize),
                        _outputs.AsSpan(stream * outputSize, outputSize));
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
