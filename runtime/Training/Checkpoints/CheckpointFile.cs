using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace Recurrent.Training;

/// <summary>
/// The file of a checkpoint: safetensors, with the network's tensors under their own names, parts of the trainer under names that begin with
/// <c>training/</c>, numbers and settings as text, and at the end, as a tensor too, the SHA-256 of all bytes before it.
/// </summary>
/// <remarks>It is written aside, brought to the disk and renamed, so that a process may be killed at any moment: the file before is intact until the new one is complete.</remarks>
internal static class CheckpointFile
{
    private const string FormatName = "format";
    private const string Format = "recurrent-checkpoint";
    private const string VersionName = "version";
    private const string Version = "1";
    private const string Prefix = "training/";
    private const string Checksum = Prefix + "sha256";
    private const int ChunkLength = 1 << 14;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="text">Numbers and settings.</param>
    /// <param name="tensors">The network's tensors.</param>
    /// <param name="parameters">Their values.</param>
    /// <param name="parts">What else there is.</param>
    public static void Write(
        string path, IReadOnlyDictionary<string, string> text, ReadOnlySpan<TensorInfo> tensors, float[] parameters, IReadOnlyList<CheckpointPart> parts)
    {
        SafetensorsHeaderWriter header = new([new(FormatName, Format), new(VersionName, Version), .. text]);
        List<(int Offset, int Length)> ranges = [];
        foreach (TensorInfo tensor in tensors)
        {
            header.Add(tensor.Name, ElementType.F32, tensor.Shape);
            ranges.Add((tensor.Offset, tensor.Length));
        }

        foreach (CheckpointPart part in parts)
        {
            header.Add(Prefix + part.Name, part.Type, part.Shape);
        }

        header.Add(Checksum, ElementType.U8, new TensorShape(SHA256.HashSizeInBytes));
        byte[] front = header.Finish();
        AtomicFile.Write(
            path,
            (front, ranges, parameters, parts),
            static (stream, content) =>
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                Put(content.front);
                byte[] chunk = new byte[sizeof(float) * ChunkLength];
                foreach ((int offset, int length) in content.ranges)
                {
                    ReadOnlySpan<float> rest = content.parameters.AsSpan(offset, length);
                    while (!rest.IsEmpty)
                    {
                        int count = Math.Min(rest.Length, ChunkLength);
                        LittleEndian.Write(rest[..count], chunk);
                        Put(chunk.AsSpan(0, sizeof(float) * count));
                        rest = rest[count..];
                    }
                }

                foreach (CheckpointPart part in content.parts)
                {
                    Put(part.Bytes);
                }

                stream.Write(hash.GetHashAndReset());

                void Put(ReadOnlySpan<byte> bytes)
                {
                    hash.AppendData(bytes);
                    stream.Write(bytes);
                }
            },
            isSoleWriter: true);
    }

    /// <summary>Reads a checkpoint, of which nothing is left unchecked but what its text says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The network's tensors.</param>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or damaged, or its tensors are not the network's.</exception>
    public static CheckpointContent Read(string path, ReadOnlySpan<TensorInfo> tensors)
    {
        int count = 0;
        foreach (TensorInfo tensor in tensors)
        {
            count += tensor.Length;
        }

        Dictionary<string, int> numbers = TensorLayout.Check(tensors, count);
        byte[] file = File.ReadAllBytes(path);
        try
        {
            return Read(file, tensors, numbers, new float[count]);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static CheckpointContent Read(byte[] file, ReadOnlySpan<TensorInfo> tensors, Dictionary<string, int> numbers, float[] parameters)
    {
        int headerLength = SafetensorsHeader.ReadLength(file.AsSpan(0, Math.Min(file.Length, SafetensorsHeader.PrefixLength)), file.Length);
        int begin = SafetensorsHeader.PrefixLength + headerLength;
        ReadOnlySpan<byte> data = file.AsSpan(begin);
        Dictionary<string, string> text = new(StringComparer.Ordinal);
        List<SafetensorsEntry> entries = SafetensorsHeader.Parse(
            file.AsSpan(SafetensorsHeader.PrefixLength, headerLength), data.Length, tensors.Length, text);

        string format = text.GetValueOrDefault(FormatName, "");
        if (format != Format)
        {
            throw new InvalidDataException($"the file is no checkpoint: its format is {QuotedText.Quote(format)}; \"{Format}\" is wanted.");
        }

        string version = text.GetValueOrDefault(VersionName, "");
        if (version != Version)
        {
            throw new InvalidDataException($"the checkpoint has version {QuotedText.Quote(version)}; \"{Version}\" is wanted, that of this library.");
        }

        if (entries is not [.., { Name: Checksum } last]
            || last.End - last.Begin != SHA256.HashSizeInBytes
            || !SHA256.HashData(file.AsSpan(0, begin + (int)last.Begin)).AsSpan().SequenceEqual(data[(int)last.Begin..]))
        {
            throw new InvalidDataException("the checkpoint is damaged: its SHA-256 is not that of its content.");
        }

        Dictionary<string, byte[]> parts = new(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                parts.Add(entry.Name[Prefix.Length..], data[(int)entry.Begin..(int)entry.End].ToArray());
            }
        }

        entries.RemoveAll(static entry => entry.Name.StartsWith(Prefix, StringComparison.Ordinal));
        SafetensorsEntry[] found = SafetensorsMatch.Find(tensors, numbers, entries);
        for (int i = 0; i < found.Length; i++)
        {
            found[i].Type.ToFloats!(data[(int)found[i].Begin..(int)found[i].End], parameters.AsSpan(tensors[i].Offset, tensors[i].Length));
        }

        return new CheckpointContent(text, parameters, parts);
    }
}
