using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace Recurrent.Bench.Peers;

/// <summary>Tensors over arrays, which are pinned until the tensors are disposed of.</summary>
public sealed class OnnxTensors : IDisposable
{
    private readonly List<OrtValue> _values = [];

    /// <param name="memory">The values, which the tensor reads and writes in place.</param>
    /// <param name="shape">Its shape.</param>
    public OrtValue Over(Memory<float> memory, params long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
        _values.Add(value);
        return value;
    }

    public void Dispose()
    {
        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }
    }
}
