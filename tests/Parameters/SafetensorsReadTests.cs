using System;
using System.IO;
using System.Linq;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Parameters.SafetensorsFile;

namespace Recurrent.Tests.Parameters;

public class SafetensorsReadTests
{
    [Theory]
    [InlineData("{" + W + "," + B + "}")]
    [InlineData("{" + B + "," + W + "}")]
    [InlineData("{" + W + "," + B + "}     ")]
    [InlineData("{ \n\t" + W + " , \r\n " + B + " }")]
    [InlineData("""{"__metadata__":{"format":"pt","a \u00e9 \ud83d\ude00":""},""" + W + "," + B + "}")]
    [InlineData("{" + W + "," + B + ""","__metadata__":{}}""")]
    [InlineData("""{"\u0077":{"shape":[2,3],"data_offsets":[0,24],"dtype":"F\u00332"},""" + B + "}")]
    public void What_the_format_allows_is_read(string header)
    {
        float[] parameters = Read(Bytes(header, Data(Values)));

        Bits(parameters).ShouldBe(Bits(Values));
    }

    [Fact]
    public void Tensors_are_found_by_name_whatever_the_order_of_their_data()
    {
        const string Header = """{"w":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

        Read(Bytes(Header, Data(7, 8, 1, 2, 3, 4, 5, 6))).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public void Data_that_begins_at_no_multiple_of_four_bytes_is_read()
    {
        for (int padding = 0; padding < 8; padding++)
        {
            byte[] file = Bytes("{" + W + "," + B + "}" + new string(' ', padding), Data(Values));

            Bits(Read(file)).ShouldBe(Bits(Values));
        }
    }

    [Fact]
    public void A_tensor_without_elements_needs_no_data()
    {
        TensorInfo[] tensors =
        [
            new("none", new TensorShape(0, 3), 0, new Initialization(Initializer.Zeros)),
            new("one", new TensorShape(1), 0, new Initialization(Initializer.Zeros)),
        ];
        const string Header = """{"one":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]}}""";
        float[] parameters = new float[1];

        Safetensors.Read(Bytes(Header, Data(5)), tensors, parameters);

        parameters.ShouldBe([5]);
    }

    [Fact]
    public void A_network_without_tensors_reads_an_empty_file() => Safetensors.Read(Bytes("{}", []), [], []);

    [Fact]
    public void A_tensor_longer_than_the_chunks_of_a_file_is_read_whole()
    {
        using TemporaryDirectory directory = new();
        foreach (string type in new[] { "F32", "F64", "F16", "BF16" })
        {
            const int Length = 50_001;
            int size = type switch { "F64" => 8, "F32" => 4, _ => 2 };
            byte[] data = new byte[Length * size];
            for (int i = 0; i < Length; i++)
            {
                // 1, 2, 4 ... 64, over and over: exact in every type.
                float value = 1 << (i % 7);
                Span<byte> element = data.AsSpan(i * size, size);
                _ = type switch
                {
                    "F64" => BitConverter.TryWriteBytes(element, (double)value),
                    "F32" => BitConverter.TryWriteBytes(element, value),
                    "F16" => BitConverter.TryWriteBytes(element, (Half)value),
                    _ => BitConverter.TryWriteBytes(element, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
                };
            }

            string path = directory.File(type);
            File.WriteAllBytes(path, Bytes($$$"""{"long":{"dtype":"{{{type}}}","shape":[{{{Length}}}],"data_offsets":[0,{{{data.Length}}}]}}""", data));
            float[] parameters = new float[Length];

            Safetensors.Read(path, [new TensorInfo("long", new TensorShape(Length), 0, default)], parameters);

            parameters.ShouldBe(Enumerable.Range(0, Length).Select(i => (float)(1 << (i % 7))));
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing()
    {
        using TemporaryDirectory directory = new();

        Should.Throw<FileNotFoundException>(() => Safetensors.Read(directory.File("none"), Tensors, new float[8]));
        Should.Throw<DirectoryNotFoundException>(() => Safetensors.Read(directory.File("none/none"), Tensors, new float[8]));
    }

    [Fact]
    public void A_message_about_a_file_names_it()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("broken");
        File.WriteAllBytes(path, [1, 2, 3]);

        Should.Throw<InvalidDataException>(() => Safetensors.Read(path, Tensors, new float[8])).Message.ShouldStartWith(path + ": the file has 3 bytes");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void Parameters_of_another_length_are_refused(int length)
    {
        byte[] file = Bytes("{" + W + "," + B + "}", Data(Values));

        Should.Throw<ArgumentException>(() => Safetensors.Read(file, Tensors, new float[length])).Message.ShouldContain($"parameters has {length} floats");
        Should.Throw<ArgumentException>(() => Safetensors.Write("unused", Tensors, new float[length])).Message.ShouldContain($"parameters has {length} floats");
        File.Exists("unused").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a", "a", 0, 2)]
    [InlineData("a", "__metadata__", 0, 2)]
    [InlineData("a", null, 0, 2)]
    [InlineData("a", "b", -1, 2)]
    [InlineData("a", "b", 3, 2)]
    [InlineData("a", "b", int.MaxValue, 2)]
    [InlineData("a", "b", 2, int.MaxValue)]
    public void A_list_of_tensors_that_cannot_be_is_refused(string first, string? second, int offset, int length)
    {
        TensorInfo[] tensors =
        [
            new(first, new TensorShape(2), 0, default),
            new(second!, new TensorShape(length), offset, default),
        ];

        Should.Throw<ArgumentException>(() => Safetensors.Read(Bytes("{}", []), tensors, new float[4]));
    }

    [Theory]
    [InlineData(0, 4, "[2] begins at 0; 2 is wanted")]
    [InlineData(1, 4, "b [2] begins at 1; 2 is wanted")]
    [InlineData(3, 4, "b [2] begins at 3; 2 is wanted")]
    [InlineData(4, 3, "c [2] begins at 3; 2 is wanted")]
    public void Tensors_that_overlap_and_leave_a_hole_are_refused(int second, int third, string message)
    {
        TensorInfo[] tensors =
        [
            new("a", new TensorShape(2), 0, default), new("b", new TensorShape(2), second, default), new("c", new TensorShape(2), third, default),
        ];
        float[] parameters = new float[6];
        Array.Fill(parameters, 42f);

        ArgumentException error = Should.Throw<ArgumentException>(() => ParameterInitializer.Fill(tensors, 1, parameters));

        error.ParamName.ShouldBe("tensors");
        error.Message.ShouldContain(message);
        Should.Throw<ArgumentException>(() => Safetensors.Read(Bytes("{}", []), tensors, parameters)).Message.ShouldBe(error.Message);
        Should.Throw<ArgumentException>(() => Safetensors.Write("unused", tensors, parameters)).Message.ShouldBe(error.Message);
        parameters.ShouldAllBe(parameter => parameter == 42f);
    }

    [Fact]
    public void Empty_tensors_may_lie_between_others_in_any_order()
    {
        Initialization ones = new(Initializer.Ones);
        TensorInfo[] tensors =
        [
            new("c", new TensorShape(0), 2, ones), new("b", new TensorShape(2), 0, ones), new("a", new TensorShape(0, 3), 0, ones),
        ];
        float[] parameters = new float[2];

        ParameterInitializer.Fill(tensors, 1, parameters);

        parameters.ShouldBe([1, 1]);
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
