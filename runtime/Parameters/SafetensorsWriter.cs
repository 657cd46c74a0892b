using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Recurrent;

/// <summary>Writes tensors of floats as a safetensors file, in the order of the list.</summary>
internal readonly ref struct SafetensorsWriter(ReadOnlySpan<TensorInfo> tensors, ReadOnlySpan<float> parameters)
{
    private readonly ReadOnlySpan<TensorInfo> _tensors = tensors;
    private readonly ReadOnlySpan<float> _parameters = parameters;

    /// <summary>Writes the file.</summary>
    public void WriteTo(Stream stream)
    {
        SafetensorsHeaderWriter header = new([new KeyValuePair<string, string>("format", "pt")]); // the tensors are PyTorch's
        foreach (TensorInfo tensor in _tensors)
        {
            header.Add(tensor.Name, ElementType.F32, tensor.Shape);
        }

        stream.Write(header.Finish());
        foreach (TensorInfo tensor in _tensors)
        {
            WriteFloats(stream, _parameters.Slice(tensor.Offset, tensor.Length));
        }
    }

    private static void WriteFloats(Stream stream, ReadOnlySpan<float> floats)
    {
        if (BitConverter.IsLittleEndian)
        {
            // A span of bytes cannot be longer than 2 GiB.
            const int Most = 1 << 20;
            for (; floats.Length > Most; floats = floats[Most..])
            {
                stream.Write(MemoryMarshal.AsBytes(floats[..Most]));
            }

            stream.Write(MemoryMarshal.AsBytes(floats));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (float value in floats)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }
}
