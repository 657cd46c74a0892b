using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Parameters.SafetensorsFile;

namespace Recurrent.Tests.Parameters;

/// <summary>One row for each rule of the format that a file may break.</summary>
public class SafetensorsSpecificationTests
{
    [Theory]
    [InlineData(0, "the file has 0 bytes")]
    [InlineData(7, "the file has 7 bytes")]
    public void A_file_without_a_header_length_is_refused(int length, string fragment) => ShouldRefuse(new byte[length], fragment);

    [Theory]
    [InlineData(0UL, "begins with nothing")]
    [InlineData(33UL, "the header's length is 33; the file has 32 bytes after it")]
    [InlineData(100_000_000UL, "the header's length is 100000000; the file has 32 bytes after it")]
    [InlineData(100_000_001UL, "the header's length is 100000001; at most 100000000 is wanted")]
    [InlineData(ulong.MaxValue, "the header's length is 18446744073709551615; at most 100000000 is wanted")]
    [InlineData(1UL << 63, "at most 100000000 is wanted")]
    public void A_header_length_out_of_bounds_is_refused(ulong length, string fragment)
    {
        byte[] file = new byte[40];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        ShouldRefuse(file, fragment);
    }

    [Theory]
    [InlineData(" {" + W + "," + B + "}", "begins with byte 0x20; { is wanted")]
    [InlineData("[]", "begins with byte 0x5b; { is wanted")]
    [InlineData("\uFEFF{" + W + "," + B + "}", "begins with byte 0xef; { is wanted")]
    [InlineData("{" + W + "," + B, "not valid JSON")]
    [InlineData("{" + W + "," + B + ",}", "not valid JSON")]
    [InlineData("{/**/" + W + "," + B + "}", "not valid JSON")]
    [InlineData("{" + W + "," + B + "}\n", "nothing but spaces is wanted after it")]
    [InlineData("{" + W + "," + B + "}{}", "nothing but spaces is wanted after it")]
    [InlineData("{" + W + "," + B + "}\0", "nothing but spaces is wanted after it")]
    [InlineData("{" + W + "," + B + "," + W + "}", "\"w\" stands twice")]
    [InlineData("{" + W + "," + B + ""","\u0062":{"dtype":"F32","shape":[0],"data_offsets":[32,32]}}""", "\"b\" stands twice")]
    [InlineData("""{"\ud800":1}""", "half of a surrogate pair")]
    public void A_header_that_is_no_JSON_object_is_refused(string header, string fragment) =>
        ShouldRefuse(Bytes(header, new byte[DataLength]), fragment);

    [Fact]
    public void A_header_that_is_not_UTF8_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes("{" + W + "," + B + "}");
        header[2] = 0xff;

        ShouldRefuse(Bytes(header, new byte[DataLength]), "not valid UTF-8");
    }

    [Theory]
    [InlineData("null", "__metadata__: a JSON Null stands where an object of strings is wanted")]
    [InlineData("[]", "__metadata__: a JSON StartArray stands where an object of strings is wanted")]
    [InlineData("""{"a":1}""", "__metadata__: a JSON Number stands where a string is wanted")]
    [InlineData("""{"a":null}""", "__metadata__: a JSON Null stands where a string is wanted")]
    [InlineData("""{"a":{}}""", "__metadata__: a JSON StartObject stands where a string is wanted")]
    [InlineData("""{"a":"1","\u0061":"2"}""", "__metadata__: \"a\" stands twice")]
    [InlineData("""{"a":"\udc00"}""", "half of a surrogate pair")]
    [InlineData("""{"a":"1"},"__metadata__":{}""", "\"__metadata__\" stands twice")]
    public void Metadata_other_than_strings_is_refused(string metadata, string fragment) =>
        ShouldRefuse(Bytes("""{"__metadata__":""" + metadata + "," + W + "," + B + "}", new byte[DataLength]), fragment);

    [Theory]
    [InlineData("null", "a JSON Null stands where an object with dtype, shape and data_offsets is wanted")]
    [InlineData("7", "a JSON Number stands where an object")]
    [InlineData("[[[[]]]]", "a JSON StartArray stands where an object")]
    [InlineData("{}", "\"x\" has no dtype")]
    [InlineData("""{"dtype":"F32","data_offsets":[32,36]}""", "\"x\" has no shape")]
    [InlineData("""{"dtype":"F32","shape":[1]}""", "\"x\" has no data_offsets")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[32,36],"z":1}""", "\"x\" has a member \"z\"")]
    [InlineData("""{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[32,36]}""", "\"x\": dtype stands twice")]
    [InlineData("""{"dtype":"F32","shape":[1],"sh\u0061pe":[1],"data_offsets":[32,36]}""", "\"x\": shape stands twice")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[32,36],"data_offsets":[32,36]}""", "\"x\": data_offsets stands twice")]
    [InlineData("""{"dtype":"F33","shape":[1],"data_offsets":[32,36]}""", "\"x\": the dtype \"F33\" is unknown")]
    [InlineData("""{"dtype":"f32","shape":[1],"data_offsets":[32,36]}""", "\"x\": the dtype \"f32\" is unknown")]
    [InlineData("""{"dtype":1,"shape":[1],"data_offsets":[32,36]}""", "\"x\": a JSON Number stands where a string as dtype is wanted")]
    [InlineData("""{"dtype":"F32","shape":1,"data_offsets":[32,36]}""", "\"x\": a JSON Number stands where an array as shape is wanted")]
    [InlineData("""{"dtype":"F32","shape":[-1],"data_offsets":[32,36]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[-0],"data_offsets":[32,32]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[1.0],"data_offsets":[32,36]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[1e0],"data_offsets":[32,36]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":["1"],"data_offsets":[32,36]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[[1]],"data_offsets":[32,36]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[01],"data_offsets":[32,36]}""", "not valid JSON")]
    [InlineData("""{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[32,36]}""", "\"x\": shape holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[32,36]}""", "\"x\": the product of its shape overflows")]
    [InlineData("""{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[32,32]}""", "\"x\": the product of its shape overflows")]
    [InlineData("""{"dtype":"F32","shape":[2305843009213693952,2],"data_offsets":[32,36]}""", "\"x\": the size of F32 [2305843009213693952, 2] overflows")]
    [InlineData("""{"dtype":"F4","shape":[3],"data_offsets":[32,34]}""", "\"x\": F4 [3] has 12 bits; whole bytes are wanted")]
    [InlineData("""{"dtype":"F32","shape":[2],"data_offsets":[32,36]}""", "\"x\": data_offsets give it 4 bytes; F32 [2] has 8")]
    [InlineData("""{"dtype":"F32","shape":[],"data_offsets":[32,32]}""", "\"x\": data_offsets give it 0 bytes; F32 [] has 4")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":32}""", "\"x\": a JSON Number stands where two whole numbers as data_offsets is wanted")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[]}""", "\"x\": two whole numbers as data_offsets are wanted")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[32]}""", "\"x\": two whole numbers as data_offsets are wanted")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[32,36,40]}""", "\"x\": two whole numbers as data_offsets are wanted")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}""", "\"x\": data_offsets holds what is no whole number")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[36,32]}""", "\"x\": data_offsets are [36, 32]; 0 <= begin <= end <= 36")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[33,37]}""", "\"x\": data_offsets are [33, 37]; 0 <= begin <= end <= 36")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}""", "end <= 36")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[28,32]}""", "\"x\" begins at byte 28 of the data; 32 is wanted, where the tensor before it ends (they overlap)")]
    [InlineData("""{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", "(they overlap)")]
    [InlineData("""{"dtype":"U8","shape":[1],"data_offsets":[33,34]}""", "\"x\" begins at byte 33 of the data; 32 is wanted, where the tensor before it ends (a hole)")]
    [InlineData("""{"dtype":"U8","shape":[3],"data_offsets":[32,35]}""", "the last tensor ends at byte 35 of the data; the file has 36 bytes of data")]
    [InlineData("""{"dtype":"U8","shape":[0],"data_offsets":[35,35]}""", "\"x\" begins at byte 35 of the data; 32 is wanted")]
    public void A_tensor_that_breaks_the_format_is_refused(string tensor, string fragment) =>
        ShouldRefuse(Bytes("{" + W + "," + B + ",\"x\":" + tensor + "}", new byte[DataLength + 4]), fragment);

    [Fact]
    public void Data_without_a_tensor_is_refused()
    {
        ShouldRefuse(Bytes("{}", new byte[1]), "the last tensor ends at byte 0 of the data; the file has 1 bytes of data");
        ShouldRefuse(Bytes("{" + W + "," + B + "}", new byte[DataLength + 1]), "the file has 33 bytes of data");
        ShouldRefuse(Bytes("{" + W + "," + B + "}", new byte[DataLength - 1]), "end <= 31");
    }

    [Theory]
    [InlineData("BOOL", 8)]
    [InlineData("U8", 8)]
    [InlineData("I8", 8)]
    [InlineData("F8_E5M2", 8)]
    [InlineData("F8_E4M3", 8)]
    [InlineData("F8_E8M0", 8)]
    [InlineData("F8_E4M3FNUZ", 8)]
    [InlineData("F8_E5M2FNUZ", 8)]
    [InlineData("F6_E2M3", 6)]
    [InlineData("F6_E3M2", 6)]
    [InlineData("F4", 4)]
    [InlineData("I16", 16)]
    [InlineData("U16", 16)]
    [InlineData("I32", 32)]
    [InlineData("U32", 32)]
    [InlineData("I64", 64)]
    [InlineData("U64", 64)]
    [InlineData("C64", 64)]
    public void A_type_that_is_no_weight_keeps_the_format_and_is_refused_for_a_tensor_that_is_wanted(string type, int bits)
    {
        int end = 8 * bits / 8;
        TensorInfo[] tensors = [new("w", new TensorShape(4, 2), 0, default)];
        byte[] file = Bytes($$$"""{"w":{"dtype":"{{{type}}}","shape":[4,2],"data_offsets":[0,{{{end}}}]}}""", new byte[end]);

        Should.Throw<InvalidDataException>(() => Safetensors.Read(file, tensors, new float[8])).Message
            .ShouldContain($"type: \"w\" is {type}; F32, F16, BF16 or F64 is wanted");
    }

    private static void ShouldRefuse(byte[] file, string fragment)
    {
        float[] parameters = Enumerable.Repeat(42f, 8).ToArray();
        Should.Throw<InvalidDataException>(() => Safetensors.Read(file, Tensors, parameters)).Message.ShouldContain(fragment);

        using TemporaryDirectory directory = new();
        string path = directory.File("broken.safetensors");
        File.WriteAllBytes(path, file);
        Should.Throw<InvalidDataException>(() => Safetensors.Read(path, Tensors, parameters)).Message.ShouldContain(fragment);
        parameters.ShouldAllBe(value => value == 42f);
    }
}
