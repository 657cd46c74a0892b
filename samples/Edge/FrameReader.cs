using System;
using System.Buffers.Text;
using System.IO;
using System.Text;

namespace Edge;

/// <summary>Reads frames: lines of UTF-8 that hold a position in metres, a comma and an angle in radians. Allocates nothing once it is made.</summary>
public sealed class FrameReader(Stream stream)
{
    /// <summary>Bytes that a line may have.</summary>
    public const int LongestLine = 256;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next frame out of what has already come from the stream.</summary>
    /// <returns>Whether there was a whole line.</returns>
    /// <exception cref="InvalidDataException">The line is no frame.</exception>
    public bool TryRead(out Frame frame)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        int length = rest.IndexOf((byte)'\n');
        if (length < 0 && rest.Length > LongestLine)
        {
            Line++;
            throw NoFrame(rest);
        }

        if (length < 0 && !(_ended && rest.Length > 0))
        {
            frame = default;
            return false;
        }

        ReadOnlySpan<byte> line = length < 0 ? rest : rest[..length];
        _start += Math.Min(line.Length + 1, rest.Length);
        Line++;
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        int comma = line.IndexOf((byte)',');
        frame = comma > 0 && TryParse(line[..comma], out float position) && TryParse(line[(comma + 1)..], out float angle)
            ? new Frame(position, angle)
            : throw NoFrame(line);
        return true;
    }

    /// <summary>Waits for more bytes from the stream; what has come before must have been read.</summary>
    /// <returns>Whether there may be another frame.</returns>
    public bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int count = stream.Read(_buffer.AsSpan(_end));
        _end += count;
        _ended = count == 0;
        return _end > 0 || !_ended;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out float number) =>
        Utf8Parser.TryParse(text, out number, out int consumed) && consumed == text.Length && float.IsFinite(number);

    private InvalidDataException NoFrame(ReadOnlySpan<byte> line)
    {
        const int Shown = 60;
        string text = line.Length > Shown ? Encoding.UTF8.GetString(line[..Shown]) + "..." : Encoding.UTF8.GetString(line);
        return new InvalidDataException(
            $"Line {Line} is '{text}'; two finite numbers are wanted, with a comma between: the position in metres and the angle in radians, such as 0.12,-0.034.");
    }
}
