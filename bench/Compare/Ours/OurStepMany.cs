using System;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>A step of all streams at once.</summary>
public sealed class OurStepMany(Workload workload) : IWork
{
    private readonly float[] _states = new float[workload.Streams * workload.Network.StateSize];
    private readonly float[] _outputs = new float[workload.Streams * workload.Layer.Hidden];

    public ReadOnlySpan<float> Result => _outputs;

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            workload.Network.StepMany(workload.Streams, workload.Inputs, _states, _outputs);
        }
    }

    public void Dispose()
    {
    }
}
