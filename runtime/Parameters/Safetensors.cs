using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Recurrent;

/// <summary>
/// Reads and writes weight files in the format safetensors, such as Python's <c>safetensors.torch.save_file(model.state_dict(), path)</c>
/// writes them.
/// </summary>
/// <remarks>
/// Reading is strict. The file must keep every rule of the format; it must hold every tensor of the network, in the network's shape, and no other.
/// F32 is taken as it is, F16 and BF16 are widened exactly, F64 is rounded to the nearest float.
/// </remarks>
public static class Safetensors
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>Reads a network's parameters from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The network's tensors, which fill the parameters.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <exception cref="ArgumentException">The tensors are not those of parameters of this length.</exception>
    /// <exception cref="InvalidDataException">The file is broken, or its tensors are not the network's; the message lists every difference, and nothing has been written.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read; nothing has been written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or it is a directory.</exception>
    public static void Read(string path, ReadOnlySpan<TensorInfo> tensors, Span<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(path);
        Dictionary<string, int> numbers = TensorLayout.Check(tensors, parameters.Length);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

        // The values are gathered aside, because a file may become shorter while it is read.
        using AlignedBuffer gathered = AlignedBuffer.Allocate(parameters.Length);
        try
        {
            Read(file, tensors, numbers, gathered.Span);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        gathered.Span.CopyTo(parameters);
    }

    /// <summary>Reads a network's parameters from the bytes of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="tensors">The network's tensors, which fill the parameters.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <exception cref="ArgumentException">The tensors are not those of parameters of this length.</exception>
    /// <exception cref="InvalidDataException">The file is broken, or its tensors are not the network's; the message lists every difference, and nothing has been written.</exception>
    public static void Read(ReadOnlySpan<byte> file, ReadOnlySpan<TensorInfo> tensors, Span<float> parameters)
    {
        Dictionary<string, int> numbers = TensorLayout.Check(tensors, parameters.Length);
        int headerLength = SafetensorsHeader.ReadLength(file[..Math.Min(file.Length, SafetensorsHeader.PrefixLength)], file.Length);
        ReadOnlySpan<byte> header = file.Slice(SafetensorsHeader.PrefixLength, headerLength);
        ReadOnlySpan<byte> data = file[(SafetensorsHeader.PrefixLength + headerLength)..];
        SafetensorsEntry[] entries = SafetensorsMatch.Find(
            tensors, numbers, SafetensorsHeader.Parse(header, data.Length, tensors.Length));
        for (int i = 0; i < entries.Length; i++)
        {
            SafetensorsEntry entry = entries[i];
            entry.Type.ToFloats!(data[(int)entry.Begin..(int)entry.End], parameters.Slice(tensors[i].Offset, tensors[i].Length));
        }
    }

    /// <summary>
    /// Writes a network's parameters as F32. The file is written aside and appears under its name when it is complete; when the
    /// writing fails, a file that was there before is intact.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="tensors">The network's tensors, which fill the parameters.</param>
    /// <param name="parameters">The values.</param>
    /// <exception cref="ArgumentException">The tensors are not those of parameters of this length.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<TensorInfo> tensors, ReadOnlySpan<float> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TensorLayout.Check(tensors, parameters.Length);
        SafetensorsWriter writer = new(tensors, parameters);
        AtomicFile.Write(path, writer, static (stream, content) => content.WriteTo(stream));
    }

    private static void Read(SafeFileHandle file, ReadOnlySpan<TensorInfo> tensors, Dictionary<string, int> numbers, Span<float> parameters)
    {
        long fileLength = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[(int)Math.Min(fileLength, SafetensorsHeader.PrefixLength)];
        ReadExactly(file, prefix, 0);
        int headerLength = SafetensorsHeader.ReadLength(prefix, fileLength);

        // Memory for the header is taken only where its first byte says that there is one.
        Span<byte> begin = stackalloc byte[Math.Min(headerLength, 1)];
        ReadExactly(file, begin, SafetensorsHeader.PrefixLength);
        SafetensorsHeader.CheckBegin(begin);
        byte[] header = new byte[headerLength];
        ReadExactly(file, header, SafetensorsHeader.PrefixLength);
        long dataBegin = SafetensorsHeader.PrefixLength + header.Length;
        SafetensorsEntry[] entries = SafetensorsMatch.Find(
            tensors, numbers, SafetensorsHeader.Parse(header, fileLength - dataBegin, tensors.Length));
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (int i = 0; i < entries.Length; i++)
            {
                ReadTensor(file, dataBegin, entries[i], parameters.Slice(tensors[i].Offset, tensors[i].Length), chunk.AsSpan(0, ChunkLength));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static void ReadTensor(SafeFileHandle file, long dataBegin, SafetensorsEntry entry, Span<float> floats, Span<byte> chunk)
    {
        int elementLength = entry.Type.Bits / 8;
        long position = dataBegin + entry.Begin;
        while (!floats.IsEmpty)
        {
            int count = Math.Min(floats.Length, chunk.Length / elementLength);
            Span<byte> elements = chunk[..(count * elementLength)];
            ReadExactly(file, elements, position);
            entry.Type.ToFloats!(elements, floats[..count]);
            position += elements.Length;
            floats = floats[count..];
        }
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, position);
            if (read == 0)
            {
                throw new InvalidDataException(FormattableString.Invariant($"the file ended at byte {position} while it was read."));
            }

            position += read;
            bytes = bytes[read..];
        }
    }
}
