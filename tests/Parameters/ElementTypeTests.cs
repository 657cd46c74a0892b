using System;
using System.Buffers.Binary;
using System.IO;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Parameters;

public class ElementTypeTests
{
    [Theory]
    [InlineData(0x00000000u)]
    [InlineData(0x80000000u)]
    [InlineData(0x00000001u)]
    [InlineData(0x007FFFFFu)]
    [InlineData(0x3F800001u)]
    [InlineData(0x7F7FFFFFu)]
    [InlineData(0x7F800000u)]
    [InlineData(0xFF800000u)]
    [InlineData(0x7FC00001u)]
    [InlineData(0xFFA12345u)]
    public void F32_keeps_every_bit(uint bits)
    {
        byte[] element = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(element, bits);

        Bits(Convert("F32", element)).ShouldBe(bits);
    }

    [Theory]
    [InlineData(0x0000, 0.0)]
    [InlineData(0x0001, 1.0 / (1 << 24))]
    [InlineData(0x03FF, 1023.0 / (1 << 24))]
    [InlineData(0x0400, 1.0 / (1 << 14))]
    [InlineData(0x3C00, 1.0)]
    [InlineData(0x3C01, 1.0 + (1.0 / 1024))]
    [InlineData(0x7BFF, 65504.0)]
    [InlineData(0x7C00, double.PositiveInfinity)]
    public void F16_is_widened_exactly(int bits, double value)
    {
        byte[] positive = [(byte)bits, (byte)(bits >> 8)];
        byte[] negative = [(byte)bits, (byte)((bits >> 8) | 0x80)];

        Bits(Convert("F16", positive)).ShouldBe(Bits((float)value));
        Bits(Convert("F16", negative)).ShouldBe(Bits(-(float)value));
    }

    [Theory]
    [InlineData(0x0000, 0x00000000u)]
    [InlineData(0x8000, 0x80000000u)]
    [InlineData(0x0001, 0x00010000u)]
    [InlineData(0x3F80, 0x3F800000u)]
    [InlineData(0xC049, 0xC0490000u)]
    [InlineData(0x7F7F, 0x7F7F0000u)]
    [InlineData(0x7F80, 0x7F800000u)]
    [InlineData(0xFF80, 0xFF800000u)]
    [InlineData(0x7FC0, 0x7FC00000u)]
    public void BF16_is_the_upper_half_of_a_float(int bits, uint expected) =>
        Bits(Convert("BF16", [(byte)bits, (byte)(bits >> 8)])).ShouldBe(expected);

    [Theory]
    [InlineData(0.0, 0x00000000u)]
    [InlineData(-0.0, 0x80000000u)]
    [InlineData(0.1, 0x3DCCCCCDu)]
    [InlineData(1.0 + (1.0 / (1 << 24)), 0x3F800000u)] // half way: to the even neighbour
    [InlineData(1.0 + (3.0 / (1 << 24)), 0x3F800002u)]
    [InlineData(1e-45, 0x00000001u)]
    [InlineData(1e-46, 0x00000000u)]
    [InlineData(-1e-40, 0x800116C2u)]
    [InlineData(1e39, 0x7F800000u)]
    [InlineData(double.NegativeInfinity, 0xFF800000u)]
    public void F64_is_rounded_to_the_nearest_float(double value, uint expected)
    {
        byte[] element = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(element, value);

        Bits(Convert("F64", element)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x01, 0x7E })]
    [InlineData("BF16", new byte[] { 0xA1, 0xFF })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x7F })]
    public void A_NaN_stays_a_NaN(string type, byte[] element) => Convert(type, element).ShouldBe(float.NaN);

    // A file with the element 300 times, so that a conversion's whole length is seen.
    private static float Convert(string type, byte[] element)
    {
        const int Count = 300;
        byte[] data = new byte[Count * element.Length];
        for (int i = 0; i < Count; i++)
        {
            element.CopyTo(data, i * element.Length);
        }

        byte[] file = SafetensorsFile.Bytes($$$"""{"x":{"dtype":"{{{type}}}","shape":[3,100],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        float[] fromBytes = new float[Count];
        float[] fromFile = new float[Count];
        TensorInfo[] tensors = [new("x", new TensorShape(3, 100), 0, default)];
        using TemporaryDirectory directory = new();
        string path = directory.File("x.safetensors");
        File.WriteAllBytes(path, file);

        Safetensors.Read(file, tensors, fromBytes);
        Safetensors.Read(path, tensors, fromFile);

        Array.ConvertAll(fromBytes, Bits).ShouldAllBe(bits => bits == Bits(fromBytes[0]));
        Array.ConvertAll(fromFile, Bits).ShouldAllBe(bits => bits == Bits(fromBytes[0]));
        return fromBytes[0];
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
