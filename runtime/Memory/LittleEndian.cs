using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Recurrent;

/// <summary>Floats as bytes that are the same on every machine, the lowest byte first.</summary>
internal static class LittleEndian
{
    /// <summary>Writes floats.</summary>
    /// <param name="floats">The floats.</param>
    /// <param name="bytes">Receives four bytes for each; may be longer.</param>
    public static void Write(ReadOnlySpan<float> floats, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(floats).CopyTo(bytes);
            return;
        }

        for (int i = 0; i < floats.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(sizeof(float) * i)..], floats[i]);
        }
    }

    /// <summary>Reads as many floats as there is room for.</summary>
    /// <param name="bytes">Four bytes for each float; may be longer.</param>
    /// <param name="floats">Receives the floats.</param>
    public static void Read(ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        if (BitConverter.IsLittleEndian)
        {
            bytes[..(sizeof(float) * floats.Length)].CopyTo(MemoryMarshal.AsBytes(floats));
            return;
        }

        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(sizeof(float) * i)..]);
        }
    }
}
