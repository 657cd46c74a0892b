using System;
using System.Buffers.Binary;

namespace Recurrent;

/// <summary>A type of elements that a safetensors file may hold: one row of the format's table.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Bits">Bits of an element.</param>
/// <param name="ToFloats">Converts little-endian elements, or null where they are not read as floats.</param>
internal sealed record ElementType(string Name, int Bits, ElementType.Conversion? ToFloats = null)
{
    /// <summary>Elements of 32-bit IEEE 754 floats, the type that is written.</summary>
    public static readonly ElementType F32 = new("F32", 32, LittleEndian.Read);

    /// <summary>Elements of 64-bit IEEE 754 floats.</summary>
    public static readonly ElementType F64 = new("F64", 64, FromF64);

    /// <summary>Bytes.</summary>
    public static readonly ElementType U8 = new("U8", 8);

    private static readonly ElementType[] All =
    [
        F32,
        new("F16", 16, FromF16),
        new("BF16", 16, FromBF16),
        F64,
        new("BOOL", 8),
        U8,
        new("I8", 8),
        new("U16", 16),
        new("I16", 16),
        new("U32", 32),
        new("I32", 32),
        new("U64", 64),
        new("I64", 64),
        new("C64", 64),
        new("F8_E4M3", 8),
        new("F8_E5M2", 8),
        new("F8_E8M0", 8),
        new("F8_E4M3FNUZ", 8),
        new("F8_E5M2FNUZ", 8),
        new("F6_E2M3", 6),
        new("F6_E3M2", 6),
        new("F4", 4),
    ];

    /// <summary>Converts elements to as many floats.</summary>
    public delegate void Conversion(ReadOnlySpan<byte> elements, Span<float> floats);

    /// <summary>The type of this name, or null.</summary>
    public static ElementType? Find(string name) => Array.Find(All, type => type.Name == name);

    private static void FromF16(ReadOnlySpan<byte> elements, Span<float> floats)
    {
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(elements[(2 * i)..]);
        }
    }

    // A bfloat16 is the upper half of a float.
    private static void FromBF16(ReadOnlySpan<byte> elements, Span<float> floats)
    {
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(elements[(2 * i)..]) << 16);
        }
    }

    private static void FromF64(ReadOnlySpan<byte> elements, Span<float> floats)
    {
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(elements[(8 * i)..]);
        }
    }
}
