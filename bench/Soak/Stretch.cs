using System;

namespace Recurrent.Bench.Soak;

/// <summary>A network that takes time steps, and a hash of every bit that it gives.</summary>
public sealed class Stretch<TNetwork>(TNetwork network)
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    private readonly float[] _input = new float[TNetwork.InputSize];
    private readonly float[] _output = new float[TNetwork.OutputSize];

    /// <summary>Takes time steps, whose inputs follow from their numbers alone.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="state">The stream.</param>
    /// <returns>The hash of all outputs.</returns>
    public ulong Run(long first, long count, Span<float> state)
    {
        ulong hash = 14695981039346656037; // Fowler, Noll and Vo, FNV-1a.
        for (long step = first; step < first + count; step++)
        {
            ulong random = (ulong)step * 0x9E3779B97F4A7C15;
            for (int i = 0; i < _input.Length; i++)
            {
                random ^= random >> 29;
                random *= 0xBF58476D1CE4E5B9;
                _input[i] = ((random >> 40) * (2f / (1 << 24))) - 1;
            }

            network.Step(_input, state, _output);
            foreach (float output in _output)
            {
                hash = (hash ^ BitConverter.SingleToUInt32Bits(output)) * 1099511628211;
            }
        }

        return hash;
    }
}
