using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Parameters.SafetensorsFile;

namespace Recurrent.Tests.Parameters;

public class SafetensorsFuzzTests
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "-", "0", "00", "1e9", ".5", "null", "true", " ", "\n", "\0", "\u00e9",
        "9223372036854775807", "9223372036854775808", "18446744073709551616", "4294967296", "-1", "\"w\"", "\"b\"", "\"dtype\"", "\"F32\"",
        "\"F16\"", "\"BF16\"", "\"F64\"", "\"I64\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "[0,24]", "[24,32]", "{}", "[]", W, B, "," + W,
    ];

    private static readonly byte[][] Seeds =
    [
        Bytes("{" + W + "," + B + "}", Data(Values)),
        Bytes("""{"__metadata__":{"format":"pt","k":"v \n"},""" + B + " , " + W + "}    ", Data(Values)),
        Bytes("""{"w":{"dtype":"BF16","shape":[2,3],"data_offsets":[16,28]},"b":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}""", new byte[28]),
    ];

    [Fact]
    public void A_broken_file_is_refused_with_a_message_and_without_a_large_allocation()
    {
        Random random = new(20_260_101);
        float[] parameters = new float[8];
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] file = Mutate(Seeds[random.Next(Seeds.Length)], random);
            Array.Fill(parameters, 42f);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Safetensors.Read(file, Tensors, parameters);
                read++;
            }
            catch (InvalidDataException e)
            {
                refused++;
                Assert.InRange(e.Message.Length, 10, 5_000);
                Assert.True(parameters.AsSpan().IndexOfAnyExcept(42f) < 0, "Something was written.");
            }
            catch (Exception e)
            {
                Assert.Fail($"case {i}: {Convert.ToHexString(file)}: {e}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000 + file.Length);
        }

        // Bits that flip in the data leave a good file; most else does not.
        read.ShouldBeInRange(200, 5_000);
        (read + refused).ShouldBe(20_000);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        foreach (byte[] seed in Seeds)
        {
            for (int length = 0; length < seed.Length; length++)
            {
                Should.Throw<InvalidDataException>(() => Read(seed[..length]));
            }
        }
    }

    // Numbers and nesting allocate nothing, a string twice its bytes; the strings of a name, a key, a dtype or a member are bounded.
    [Theory]
    [InlineData("{", "\"#\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},", 100_000, "more than 1002 tensors")]
    [InlineData("{\"__metadata__\":{", "\"#\":\"\",", 1_000_000, "more than 100000 members")]
    [InlineData("{\"w\":{\"shape\":[", "1,", 3_000_000, "not valid JSON")]
    [InlineData("{\"w\":{\"data_offsets\":[", "0,", 3_000_000, "two whole numbers")]
    [InlineData("{\"w\":", "[", 3_000_000, "a JSON StartArray stands where")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],", "\"shape\":[2,3],", 300_000, "shape stands twice")]
    [InlineData("{\"", "name", 1_000_000, "a name or a dtype of 4000000 bytes; at most 65536 are wanted", "\":{}")]
    [InlineData("{\"", "\\u0041", 1_000_000, "a name or a dtype of 6000000 bytes; at most 65536 are wanted", "\":{}")]
    [InlineData("{\"__metadata__\":{\"", "name", 1_000_000, "a name or a dtype of 4000000 bytes", "\":\"\"}}")]
    [InlineData("{\"__metadata__\":{\"k\":\"", "\\ud83d\\ude00", 300_000, "not valid JSON", "\"}0")]
    [InlineData("{\"__metadata__\":{\"k\":\"", "\\ud83d\\ude00", 300_000, "half of a surrogate pair", "\\ud83d\"}")]
    [InlineData("{\"w\":{\"dtype\":\"", "name", 1_000_000, "a name or a dtype of 4000000 bytes", "\"}}")]
    [InlineData("{\"w\":{\"", "name", 1_000_000, "a name or a dtype of 4000000 bytes", "\":0}}")]
    public void A_header_of_millions_of_parts_allocates_little(string begin, string part, int times, string fragment, string end = "0")
    {
        StringBuilder header = new(begin);
        for (int i = 0; i < times; i++)
        {
            header.Append(part.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        byte[] file = Bytes(header.Append(end).ToString(), []);
        float[] parameters = new float[8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Safetensors.Read(file, Tensors, parameters));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        e.Message.ShouldContain(fragment);
        allocated.ShouldBeLessThan(part.Contains('#') ? 20_000_000 : 200_000);
    }

    [Fact]
    public void A_file_that_only_claims_a_large_header_is_not_loaded()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("claim.safetensors");
        using (FileStream stream = File.Create(path))
        {
            stream.Write(BitConverter.GetBytes(90_000_000L));
            stream.SetLength(100_000_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Safetensors.Read(path, Tensors, new float[8]));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        e.Message.ShouldContain("the header begins with byte 0x00; { is wanted");
        allocated.ShouldBeLessThan(200_000);
    }

    [SkippableFact]
    public void A_huge_file_of_another_network_is_not_loaded()
    {
        const long Length = 3L << 30;
        using TemporaryDirectory directory = new();
        string path = directory.File("huge.safetensors");
        using (FileStream stream = File.Create(path))
        {
            stream.Write(Bytes($$$"""{"w":{"dtype":"F32","shape":[{{{Length / 4}}}],"data_offsets":[0,{{{Length}}}]}}""", []));
            try
            {
                stream.SetLength(stream.Length + Length);
            }
            catch (IOException full)
            {
                Skip.If(true, $"The directory for temporary files has no room for {Length} bytes: {full.Message}");
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Safetensors.Read(path, Tensors, new float[8]));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        e.Message.ShouldContain("shape: \"w\" is [805306368]; [2, 3] is wanted");
        allocated.ShouldBeLessThan(200_000);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] file = (byte[])seed.Clone();
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        switch (random.Next(6))
        {
            case 0: // bits anywhere
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                }

                return file;
            case 1: // bytes of the header
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    file[8 + random.Next(headerLength)] = (byte)random.Next(256);
                }

                return file;
            case 2: // cut, or something more
                return random.Next(2) == 0 ? file[..random.Next(file.Length)] : [.. file, .. new byte[random.Next(1, 20)]];
            case 3: // another header length
                BinaryPrimitives.WriteInt64LittleEndian(file, random.Next(3) switch
                {
                    0 => random.Next(file.Length + 20),
                    1 => headerLength + random.Next(-9, 10),
                    _ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(40),
                });
                return file;
            default: // a piece of the header gives way to a fragment, and the header's length follows
                int from = random.Next(headerLength);
                int to = Math.Min(headerLength, from + random.Next(12));
                byte[] header =
                [
                    .. file.AsSpan(8, from), .. Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]), .. file.AsSpan(8 + to, headerLength - to),
                ];
                return Bytes(header, file.AsSpan(8 + headerLength));
        }
    }
}
