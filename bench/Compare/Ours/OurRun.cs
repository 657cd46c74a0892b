using System;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>The same sequence again and again, each time from a state of zeros.</summary>
public sealed class OurRun(Workload workload) : IWork
{
    private readonly float[] _state = new float[workload.Network.StateSize];
    private readonly float[] _outputs = new float[workload.Steps * workload.Layer.Hidden];

    public ReadOnlySpan<float> Result => _outputs;

    public void Repeat(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Array.Clear(_state);
            workload.Network.Run(workload.Inputs, _state, _outputs);
        }
    }

    public void Dispose()
    {
    }
}
