using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text.Json;

namespace Recurrent;

/// <summary>Writes the header of a safetensors file, whose tensors' data follow one another in the order in which they are added.</summary>
internal sealed class SafetensorsHeaderWriter
{
    private readonly ArrayBufferWriter<byte> _header = new();
    private readonly Utf8JsonWriter _json;
    private long _offset;

    /// <param name="metadata">Free text about the file, by name.</param>
    public SafetensorsHeaderWriter(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        _json = new Utf8JsonWriter(_header);
        _json.WriteStartObject();
        _json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach ((string name, string text) in metadata)
        {
            _json.WriteString(name, text);
        }

        _json.WriteEndObject();
    }

    /// <summary>Adds a tensor.</summary>
    public void Add(string name, ElementType type, TensorShape shape)
    {
        _json.WriteStartObject(name);
        _json.WriteString("dtype"u8, type.Name);
        _json.WriteStartArray("shape"u8);
        _json.WriteNumberValue(shape.Rows);
        if (shape.Rank > 1)
        {
            _json.WriteNumberValue(shape.Rank == 2 ? shape.Columns : shape.Columns / shape.Depth);
        }

        if (shape.Rank == 3)
        {
            _json.WriteNumberValue(shape.Depth);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("data_offsets"u8);
        _json.WriteNumberValue(_offset);
        _offset += type.Bits / 8 * (long)shape.Length;
        _json.WriteNumberValue(_offset);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>Ends the header and gives all that stands in front of the data.</summary>
    public byte[] Finish()
    {
        _json.WriteEndObject();
        _json.Dispose();

        // Spaces align the data, so that a reader may map the file into memory.
        int padding = -_header.WrittenCount & 7;
        _header.GetSpan(padding)[..padding].Fill((byte)' ');
        _header.Advance(padding);

        byte[] bytes = new byte[SafetensorsHeader.PrefixLength + _header.WrittenCount];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, _header.WrittenCount);
        _header.WrittenSpan.CopyTo(bytes.AsSpan(SafetensorsHeader.PrefixLength));
        return bytes;
    }
}
