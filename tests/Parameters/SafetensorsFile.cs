using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Recurrent.Tests.Parameters;

/// <summary>Files made by hand, and the small network that they belong to.</summary>
public static class SafetensorsFile
{
    /// <summary>w [2, 3] and b [2].</summary>
    public static readonly TensorInfo[] Tensors =
    [
        new("w", new TensorShape(2, 3), 0, new Initialization(Initializer.Uniform, 3)),
        new("b", new TensorShape(2), 6, new Initialization(Initializer.Zeros)),
    ];

    public const string W = """
        "w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}
        """;

    public const string B = """
        "b":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}
        """;

    public const int DataLength = 32;

    public static readonly float[] Values = [1, -2, 3.5f, 0, -0f, 1e-40f, 7, 8];

    /// <summary>A file with the right length in front and the given data behind.</summary>
    public static byte[] Bytes(string header, ReadOnlySpan<byte> data) => Bytes(Encoding.UTF8.GetBytes(header), data);

    /// <summary>A file with the right length in front and the given data behind.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file.AsSpan(8));
        data.CopyTo(file.AsSpan(8 + header.Length));
        return file;
    }

    /// <summary>The values, as a file holds them.</summary>
    public static byte[] Data(params ReadOnlySpan<float> values)
    {
        byte[] data = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), values[i]);
        }

        return data;
    }

    /// <summary>Reads a file for the network.</summary>
    public static float[] Read(byte[] file)
    {
        float[] parameters = new float[8];
        Safetensors.Read(file, Tensors, parameters);
        return parameters;
    }
}

/// <summary>An empty directory that goes with its test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("recurrent-").FullName;

    public string File(string name) => System.IO.Path.Join(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
