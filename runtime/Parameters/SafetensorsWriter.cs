using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Recurrent;

/// <summary>Writes tensors of floats as a safetensors file, in the order of the list.</summary>
internal readonly ref struct SafetensorsWriter(ReadOnlySpan<TensorInfo> tensors, ReadOnlySpan<float> parameters)
{
    private readonly ReadOnlySpan<TensorInfo> _tensors = tensors;
    private readonly ReadOnlySpan<float> _parameters = parameters;

    /// <summary>Writes the file.</summary>
    public void WriteTo(Stream stream)
    {
        ArrayBufferWriter<byte> header = new();
        WriteHeader(header);

        // Spaces align the data, so that a reader may map the file into memory.
        int padding = -header.WrittenCount & 7;
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);

        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.WrittenCount);
        stream.Write(prefix);
        stream.Write(header.WrittenSpan);
        foreach (TensorInfo tensor in _tensors)
        {
            WriteFloats(stream, _parameters.Slice(tensor.Offset, tensor.Length));
        }
    }

    private void WriteHeader(ArrayBufferWriter<byte> header)
    {
        using Utf8JsonWriter json = new(header);
        json.WriteStartObject();
        json.WriteStartObject(SafetensorsHeader.MetadataName);
        json.WriteString("format"u8, "pt"u8); // the tensors are PyTorch's
        json.WriteEndObject();
        long offset = 0;
        foreach (TensorInfo tensor in _tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype"u8, ElementType.F32.Name);
            json.WriteStartArray("shape"u8);
            json.WriteNumberValue(tensor.Shape.Rows);
            if (tensor.Shape.Rank > 1)
            {
                json.WriteNumberValue(tensor.Shape.Rank == 2 ? tensor.Shape.Columns : tensor.Shape.Columns / tensor.Shape.Depth);
            }

            if (tensor.Shape.Rank == 3)
            {
                json.WriteNumberValue(tensor.Shape.Depth);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets"u8);
            json.WriteNumberValue(offset);
            offset += sizeof(float) * (long)tensor.Length;
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
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
