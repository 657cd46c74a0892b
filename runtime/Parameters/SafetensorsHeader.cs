using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Unicode;

namespace Recurrent;

/// <summary>
/// Reads the header of a safetensors file: 8 bytes with its length, little-endian, then a JSON object that describes the tensors.
/// Whatever is wrong with it is an <see cref="InvalidDataException"/>, and nothing is allocated by a number that the file gives.
/// </summary>
internal ref struct SafetensorsHeader
{
    /// <summary>Bytes of the header's length.</summary>
    public const int PrefixLength = 8;

    /// <summary>The name that stands for free text about the file instead of a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The format's bound.</summary>
    public const int MaximumLength = 100_000_000;

    // A file with more tensors than the network is rejected in any case; so many of them are read for a message that lists them.
    private const int MaximumUnexpected = 1_000;
    private const int MaximumMetadata = 100_000;

    // A string takes twice the bytes that it has in the file. No framework's names come near so many.
    private const int MaximumText = 65_536;

    private readonly long _dataLength;
    private readonly Dictionary<string, string>? _metadata;
    private Utf8JsonReader _json;

    private SafetensorsHeader(ReadOnlySpan<byte> json, long dataLength, Dictionary<string, string>? metadata)
    {
        _dataLength = dataLength;
        _metadata = metadata;
        _json = new Utf8JsonReader(json);
    }

    /// <summary>Reads and checks the header's length.</summary>
    /// <param name="prefix">The first bytes of the file, as many as it has up to <see cref="PrefixLength"/>.</param>
    /// <param name="fileLength">The length of the file.</param>
    public static int ReadLength(ReadOnlySpan<byte> prefix, long fileLength)
    {
        if (prefix.Length < PrefixLength || fileLength < PrefixLength)
        {
            throw Wrong($"the file has {prefix.Length} bytes; at least {PrefixLength} with the header's length are wanted");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumLength)
        {
            throw Wrong($"the header's length is {length}; at most {MaximumLength} is wanted");
        }

        if ((long)length > fileLength - PrefixLength)
        {
            throw Wrong($"the header's length is {length}; the file has {fileLength - PrefixLength} bytes after it");
        }

        return (int)length;
    }

    /// <summary>Checks that a header may be one before the whole of it is read.</summary>
    /// <param name="header">The header, or its first byte.</param>
    public static void CheckBegin(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty || header[0] != (byte)'{')
        {
            throw Wrong($"the header begins with {(header.IsEmpty ? "nothing" : $"byte 0x{header[0]:x2}")}; {{ is wanted");
        }
    }

    /// <summary>Reads and checks the header itself.</summary>
    /// <param name="header">The header.</param>
    /// <param name="dataLength">Bytes behind it.</param>
    /// <param name="expected">Tensors that the network has.</param>
    /// <param name="metadata">Receives the text about the file, where somebody wants it.</param>
    /// <returns>The tensors in the order of their data.</returns>
    public static List<SafetensorsEntry> Parse(ReadOnlySpan<byte> header, long dataLength, int expected, Dictionary<string, string>? metadata = null)
    {
        CheckBegin(header);
        if (!Utf8.IsValid(header))
        {
            throw Wrong($"the header is not valid UTF-8");
        }

        ReadOnlySpan<byte> json = header.TrimEnd((byte)' ');
        SafetensorsHeader reader = new(json, dataLength, metadata);
        try
        {
            List<SafetensorsEntry> entries = reader.ReadEntries(expected);
            if (reader._json.BytesConsumed != json.Length)
            {
                throw Wrong($"the header's object ends at byte {reader._json.BytesConsumed}; nothing but spaces is wanted after it");
            }

            reader.CheckOffsets(entries);
            return entries;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the header is not valid JSON: {e.Message}", e);
        }
    }

    private List<SafetensorsEntry> ReadEntries(int expected)
    {
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        _json.Read();
        while (ReadName() is { } name)
        {
            if (!names.Add(name))
            {
                throw Wrong($"{QuotedText.Quote(name)} stands twice in the header");
            }

            if (name == MetadataName)
            {
                ReadMetadata();
                continue;
            }

            if (entries.Count == expected + MaximumUnexpected)
            {
                throw Wrong($"the file has more than {entries.Count} tensors; the network has {expected}");
            }

            entries.Add(ReadEntry(name));
        }

        return entries;
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, MetadataName, "an object of strings");
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (ReadName() is { } key)
        {
            if (!keys.Add(key))
            {
                throw Wrong($"{MetadataName}: {QuotedText.Quote(key)} stands twice");
            }

            if (keys.Count > MaximumMetadata)
            {
                throw Wrong($"{MetadataName} has more than {MaximumMetadata} members");
            }

            Expect(JsonTokenType.String, MetadataName, "a string");
            CheckEscapes();
            _metadata?.Add(key, _json.GetString()!);
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        string quoted = QuotedText.Quote(name);
        Expect(JsonTokenType.StartObject, quoted, "an object with dtype, shape and data_offsets");
        ElementType? type = null;
        SafetensorsShape? shape = null;
        long elements = 0;
        (long Begin, long End)? offsets = null;
        while (ReadName() is { } member)
        {
            bool again;
            switch (member)
            {
                case "dtype":
                    again = type is not null;
                    Expect(JsonTokenType.String, quoted, "a string as dtype");
                    string typeName = ReadText();
                    type = ElementType.Find(typeName) ?? throw Wrong($"{quoted}: the dtype {QuotedText.Quote(typeName)} is unknown");
                    break;
                case "shape":
                    again = shape is not null;
                    shape = ReadShape(quoted, out elements);
                    break;
                case "data_offsets":
                    again = offsets is not null;
                    offsets = ReadOffsets(quoted);
                    break;
                default:
                    throw Wrong($"{quoted} has a member {QuotedText.Quote(member)}; dtype, shape and data_offsets are wanted");
            }

            if (again)
            {
                throw Wrong($"{quoted}: {member} stands twice");
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            throw Wrong($"{quoted} has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        }

        (long begin, long end) = offsets.Value;
        CheckSize(quoted, type, shape.Value, elements, end - begin);
        return new SafetensorsEntry(name, type, shape.Value, begin, end);
    }

    private SafetensorsShape ReadShape(string quoted, out long elements)
    {
        Expect(JsonTokenType.StartArray, quoted, "an array as shape");
        Span<long> dimensions = stackalloc long[SafetensorsShape.Kept];
        int rank = 0;
        elements = 1;
        while (ReadWhole(quoted, "shape") is { } dimension)
        {
            if (rank < dimensions.Length)
            {
                dimensions[rank] = dimension;
            }

            rank++;
            if (dimension != 0 && elements > long.MaxValue / dimension)
            {
                throw Wrong($"{quoted}: the product of its shape overflows");
            }

            elements *= dimension;
        }

        return new SafetensorsShape(dimensions[..Math.Min(rank, dimensions.Length)].ToArray(), rank);
    }

    private (long Begin, long End) ReadOffsets(string quoted)
    {
        const string Wanted = "two whole numbers as data_offsets";
        Expect(JsonTokenType.StartArray, quoted, Wanted);
        if (ReadWhole(quoted, "data_offsets") is not { } begin
            || ReadWhole(quoted, "data_offsets") is not { } end
            || ReadWhole(quoted, "data_offsets") is not null)
        {
            throw Wrong($"{quoted}: {Wanted} are wanted, begin and end");
        }

        if (begin > end || end > _dataLength)
        {
            throw Wrong($"{quoted}: data_offsets are [{begin}, {end}]; 0 <= begin <= end <= {_dataLength}, the length of the data, is wanted");
        }

        return (begin, end);
    }

    private static void CheckSize(string quoted, ElementType type, SafetensorsShape shape, long elements, long given)
    {
        if (elements > long.MaxValue / type.Bits)
        {
            throw Wrong($"{quoted}: the size of {type.Name} {shape} overflows");
        }

        long bits = elements * type.Bits;
        if (bits % 8 != 0)
        {
            throw Wrong($"{quoted}: {type.Name} {shape} has {bits} bits; whole bytes are wanted");
        }

        if (bits / 8 != given)
        {
            throw Wrong($"{quoted}: data_offsets give it {given} bytes; {type.Name} {shape} has {bits / 8}");
        }
    }

    /// <summary>Sorts the tensors by their data, which must follow one another from the first byte to the last.</summary>
    private readonly void CheckOffsets(List<SafetensorsEntry> entries)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                throw Wrong($"{QuotedText.Quote(entry.Name)} begins at byte {entry.Begin} of the data; {end} is wanted, where the tensor before it ends ({(entry.Begin < end ? "they overlap" : "a hole")})");
            }

            end = entry.End;
        }

        if (end != _dataLength)
        {
            throw Wrong($"the last tensor ends at byte {end} of the data; the file has {_dataLength} bytes of data");
        }
    }

    /// <summary>The next member's name, or null at the object's end.</summary>
    private string? ReadName()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName ? ReadText() : null;
    }

    /// <summary>The next number of an array, or null at its end.</summary>
    private long? ReadWhole(string quoted, string member)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            return null;
        }

        // -0 is a number of JSON, and no whole number of the format.
        if (_json.TokenType != JsonTokenType.Number || _json.ValueSpan[0] == (byte)'-' || !_json.TryGetInt64(out long number))
        {
            throw Wrong($"{quoted}: {member} holds what is no whole number from 0 to {long.MaxValue}");
        }

        return number;
    }

    private void Expect(JsonTokenType token, string quoted, string wanted)
    {
        _json.Read();
        if (_json.TokenType != token)
        {
            throw Wrong($"{quoted}: a JSON {_json.TokenType} stands where {wanted} is wanted");
        }
    }

    private string ReadText()
    {
        if (_json.ValueSpan.Length > MaximumText)
        {
            throw Wrong($"the header has a name or a dtype of {_json.ValueSpan.Length} bytes; at most {MaximumText} are wanted");
        }

        CheckEscapes();
        return _json.GetString()!;
    }

    /// <summary>
    /// Checks that escaped surrogates come in pairs, which the reader does not before it makes a string: metadata may be long,
    /// and nobody needs it.
    /// </summary>
    private readonly void CheckEscapes()
    {
        if (!_json.ValueIsEscaped)
        {
            return;
        }

        bool afterHigh = false;
        ReadOnlySpan<byte> text = _json.ValueSpan;
        while (!text.IsEmpty)
        {
            bool escaped = text[0] == (byte)'\\';
            bool unicode = escaped && text[1] == (byte)'u';
            char unit = unicode ? (char)ushort.Parse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : '\0';
            if (char.IsLowSurrogate(unit) != afterHigh)
            {
                throw Wrong($"the header has an escaped half of a surrogate pair in a string");
            }

            afterHigh = char.IsHighSurrogate(unit);
            text = text[(unicode ? 6 : escaped ? 2 : 1)..];
        }

        if (afterHigh)
        {
            throw Wrong($"the header has an escaped half of a surrogate pair in a string");
        }
    }

    private static InvalidDataException Wrong(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture) + ".");
}
