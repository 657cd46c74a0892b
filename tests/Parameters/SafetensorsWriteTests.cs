using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Parameters.SafetensorsFile;

namespace Recurrent.Tests.Parameters;

public class SafetensorsWriteTests
{
    [Fact]
    public void What_is_written_is_read_back_bit_by_bit()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        float[] values = [float.NaN, float.PositiveInfinity, -0f, float.Epsilon, float.MaxValue, 0.1f, BitConverter.UInt32BitsToSingle(0x7FA00001), 1];
        float[] fromFile = new float[8];

        Safetensors.Write(path, Tensors, values);
        Safetensors.Read(path, Tensors, fromFile);

        Bits(fromFile).ShouldBe(Bits(values));
        Bits(Read(File.ReadAllBytes(path))).ShouldBe(Bits(values));
    }

    [Fact]
    public void The_file_is_what_the_format_says()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        Safetensors.Write(path, Tensors, Values);
        byte[] file = File.ReadAllBytes(path);

        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, headerLength);

        (headerLength % 8).ShouldBe(0);
        header.TrimEnd(' ').ShouldBe("""{"__metadata__":{"format":"pt"},""" + W + "," + B + "}");
        file[(8 + headerLength)..].ShouldBe(Data(Values));
    }

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(2, 3, false)]
    [InlineData(6, 1, false)]
    public void A_tensor_of_three_dimensions_is_written_and_read_as_one(int inner, int depth, bool isRead)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        float[] values = [.. Enumerable.Range(0, 24)];
        Safetensors.Write(path, [new("w", new TensorShape(4, 3, 2), 0, default)], values);
        TensorInfo[] tensors = [new("w", new TensorShape(4, inner, depth), 0, default)];
        float[] read = new float[24];

        Encoding.UTF8.GetString(File.ReadAllBytes(path)).ShouldContain("\"shape\":[4,3,2]");
        if (isRead)
        {
            Safetensors.Read(path, tensors, read);
            read.ShouldBe(values);
        }
        else
        {
            Should.Throw<InvalidDataException>(() => Safetensors.Read(path, tensors, read)).Message.ShouldContain($"\"w\" is [4, 3, 2]; [4, {inner}, {depth}] is wanted");
        }
    }

    [Fact]
    public void The_data_is_aligned_whatever_the_length_of_the_names()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        for (int length = 1; length <= 9; length++)
        {
            TensorInfo[] tensors = [new(new string('n', length), new TensorShape(1), 0, default)];
            Safetensors.Write(path, tensors, [length]);

            float[] parameters = new float[1];
            Safetensors.Read(path, tensors, parameters);
            parameters.ShouldBe([length]);
            (BinaryPrimitives.ReadUInt64LittleEndian(File.ReadAllBytes(path)) % 8).ShouldBe(0UL);
        }
    }

    [Fact]
    public void Names_of_any_characters_survive()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        TensorInfo[] tensors = [new("é \"\\\n 😀 <&>", new TensorShape(1), 0, default), new("", new TensorShape(1), 1, default)];
        float[] parameters = new float[2];

        Safetensors.Write(path, tensors, [1, 2]);
        Safetensors.Read(path, tensors, parameters);

        parameters.ShouldBe([1, 2]);
    }

    [Fact]
    public void Tensors_that_the_list_gives_out_of_order_keep_their_values()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        float[] parameters = new float[8];

        Safetensors.Write(path, [Tensors[1], Tensors[0]], Values);
        Safetensors.Read(path, Tensors, parameters);

        Bits(parameters).ShouldBe(Bits(Values));
    }

    [Fact]
    public void Many_floats_are_written_whole()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        TensorInfo[] tensors = [new("long", new TensorShape(1025, 2049), 0, default)];
        float[] values = Enumerable.Range(0, 1025 * 2049).Select(i => (float)i).ToArray();
        float[] parameters = new float[values.Length];

        Safetensors.Write(path, tensors, values);
        Safetensors.Read(path, tensors, parameters);

        parameters.AsSpan().SequenceEqual(values).ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_exists_is_replaced_and_nothing_else_is_left()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        File.WriteAllText(path, new string('x', 10_000));

        Safetensors.Write(path, Tensors, Values);

        Bits(Read(File.ReadAllBytes(path))).ShouldBe(Bits(Values));
        Directory.GetFileSystemEntries(directory.Path).ShouldBe([path]);
    }

    [Fact]
    public void A_path_without_a_directory_is_in_the_current_one()
    {
        string name = Path.GetRandomFileName();
        try
        {
            Safetensors.Write(name, Tensors, Values);
            File.Exists(Path.Join(Directory.GetCurrentDirectory(), name)).ShouldBeTrue();
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        File.WriteAllText(path, "old");

        Should.Throw<TimeZoneNotFoundException>(() => AtomicFile.Write(path, "new", (stream, content) =>
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush();
            Directory.GetFileSystemEntries(directory.Path).Length.ShouldBe(2);
            File.ReadAllText(path).ShouldBe("old");
            throw new TimeZoneNotFoundException();
        }));

        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFileSystemEntries(directory.Path).ShouldBe([path]);
    }

    [Fact]
    public void A_name_that_cannot_be_taken_leaves_nothing_beside_it()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        Directory.CreateDirectory(path);

        Exception e = Should.Throw<Exception>(() => Safetensors.Write(path, Tensors, Values));

        (e is IOException or UnauthorizedAccessException).ShouldBeTrue(e.ToString());
        Directory.GetFileSystemEntries(directory.Path).ShouldBe([path]);
        Directory.GetFileSystemEntries(path).ShouldBeEmpty();
    }

    [Fact]
    public void A_directory_that_is_not_there_is_not_made()
    {
        using TemporaryDirectory directory = new();

        Should.Throw<DirectoryNotFoundException>(() => Safetensors.Write(directory.File("none/weights"), Tensors, Values));
        Directory.GetFileSystemEntries(directory.Path).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(0b110_000_000)]
    [InlineData(0b110_110_100)]
    [InlineData(0b110_110_110)]
    public void A_file_keeps_its_permissions_whatever_the_umask(int permissions)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryDirectory directory = new();
        string path = directory.File("weights.safetensors");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, (UnixFileMode)permissions);

        Safetensors.Write(path, Tensors, Values);

        File.GetUnixFileMode(path).ShouldBe((UnixFileMode)permissions);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_symbolic_link_stays_and_the_file_that_it_leads_to_is_written(bool exists)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets only some users make symbolic links.");
        using TemporaryDirectory directory = new();
        string folder = directory.File("folder");
        Directory.CreateDirectory(folder);
        string target = Path.Join(folder, "weights.safetensors");
        string link = directory.File("latest");
        string linkToLink = directory.File("default");
        File.CreateSymbolicLink(link, Path.Join("folder", "weights.safetensors"));
        File.CreateSymbolicLink(linkToLink, "latest");
        if (exists)
        {
            File.WriteAllText(target, "old");
        }

        Safetensors.Write(linkToLink, Tensors, Values);

        new FileInfo(linkToLink).LinkTarget.ShouldBe("latest");
        new FileInfo(link).LinkTarget.ShouldBe(Path.Join("folder", "weights.safetensors"));
        Bits(Read(File.ReadAllBytes(target))).ShouldBe(Bits(Values));
        Directory.GetFileSystemEntries(folder).ShouldBe([target]);
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
