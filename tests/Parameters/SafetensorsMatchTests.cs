using System;
using System.IO;
using System.Linq;
using System.Text;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Parameters.SafetensorsFile;

namespace Recurrent.Tests.Parameters;

public class SafetensorsMatchTests
{
    [Fact]
    public void One_message_lists_every_difference()
    {
        TensorInfo[] tensors =
        [
            new("gru1.weight_ih_l0", new TensorShape(48, 22), 0, default),
            new("gru1.bias_ih_l0", new TensorShape(48), 1056, default),
            new("dense2.weight", new TensorShape(4, 16), 1104, default),
            new("dense2.bias", new TensorShape(4), 1168, default),
        ];
        const string Header = """
            {"gru1.weight_ih_l0":{"dtype":"F32","shape":[22,48],"data_offsets":[0,4224]},
            "gru1.bias_ih_l0":{"dtype":"F32","shape":[48,1],"data_offsets":[4224,4416]},
            "dense2.bias":{"dtype":"I32","shape":[4],"data_offsets":[4416,4432]},
            "dense3.bias":{"dtype":"F16","shape":[2,1,2],"data_offsets":[4432,4440]}}
            """;
        byte[] file = Bytes(Header, new byte[4440]);
        float[] parameters = Enumerable.Repeat(42f, 1172).ToArray();

        Should.Throw<InvalidDataException>(() => Safetensors.Read(file, tensors, parameters)).Message.ShouldBe(
            """
            the file's tensors are not the network's:
              shape: "gru1.weight_ih_l0" is [22, 48]; [48, 22] is wanted
              shape: "gru1.bias_ih_l0" is [48, 1]; [48] is wanted
              missing: "dense2.weight" [4, 16]
              type: "dense2.bias" is I32; F32, F16, BF16 or F64 is wanted
              unexpected: "dense3.bias" [2, 1, 2]
            """,
            StringCompareShould.IgnoreLineEndings);
        parameters.ShouldAllBe(value => value == 42f);
    }

    [Theory]
    [InlineData("[]", 4, "[]")]
    [InlineData("[1,1,1]", 4, "[1, 1, 1]")]
    [InlineData("[1,1,1,1,1,1,1,1]", 4, "[1, 1, 1, 1, 1, 1, 1, 1]")]
    [InlineData("[1,1,1,1,1,1,1,1,1,1]", 4, "[1, 1, 1, 1, 1, 1, 1, 1, ... 10 dimensions]")]
    [InlineData("[0]", 0, "[0]")]
    public void A_shape_of_another_rank_is_another_shape(string shape, int length, string printed)
    {
        byte[] file = Bytes($$$"""{"x":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,{{{length}}}]}}""", new byte[length]);

        Should.Throw<InvalidDataException>(() => Safetensors.Read(file, [new TensorInfo("x", new TensorShape(1), 0, default)], new float[1]))
            .Message.ShouldContain($"shape: \"x\" is {printed}; [1] is wanted");
    }

    [Fact]
    public void The_names_of_a_hostile_file_are_cut_and_their_control_characters_escaped()
    {
        string name = "\\\"\\u001b[31m\\n\\u202e" + new string('n', 10_000);
        byte[] file = Bytes($$$"""{"{{{name}}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", []);

        string message = Should.Throw<InvalidDataException>(() => Safetensors.Read(file, [], [])).Message;

        message.ShouldContain("""unexpected: "\"\u001b[31m\u000a\u202ennn""");
        message.Length.ShouldBeLessThan(300);
    }

    [Theory]
    [InlineData(61, "and 1 more")]
    [InlineData(1000, "and 940 more")]
    [InlineData(1001, "more than 1000 tensors; the network has 0")]
    [InlineData(5000, "more than 1000 tensors; the network has 0")]
    public void A_message_stays_short_whatever_the_number_of_tensors(int count, string fragment)
    {
        StringBuilder header = new("{");
        header.AppendJoin(',', Enumerable.Range(0, count).Select(i => $$$"""
            "{{{i}}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
            """)).Append('}');

        string message = Should.Throw<InvalidDataException>(() => Safetensors.Read(Bytes(header.ToString(), []), [], [])).Message;

        message.ShouldContain(fragment);
        message.Split('\n').Length.ShouldBeLessThanOrEqualTo(62);
    }
}
