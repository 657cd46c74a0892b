using System;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO;

namespace Edge;

/// <summary>Answers every frame of a stream with a line that holds the force in newtons. Allocates nothing once it is made.</summary>
public sealed class ControlLoop
{
    private const int LongestLine = 32; // Bytes of any float and a line feed.

    private readonly FrameReader _frames;
    private readonly Controller<Policy> _controller;
    private readonly Stream _forces;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    /// <summary>Makes a loop.</summary>
    public ControlLoop(Stream frames, Policy policy, Stream forces)
    {
        _frames = new FrameReader(frames);
        _controller = new Controller<Policy>(policy);
        _forces = forces;
    }

    /// <summary>How long each frame took, from the bytes that came to the bytes that go.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>Runs until the frames end.</summary>
    /// <exception cref="InvalidDataException">A line is no frame; all before it have been answered.</exception>
    public void Run()
    {
        try
        {
            while (_frames.Fill())
            {
                Answer();

                // Whoever sent a frame may wait for its force before sending another.
                Flush();
            }
        }
        finally
        {
            Flush();
        }
    }

    /// <summary>Answers the frames that have come.</summary>
    private void Answer()
    {
        long before = Stopwatch.GetTimestamp();
        while (_frames.TryRead(out Frame frame))
        {
            Write(_controller.Act(frame));
            long now = Stopwatch.GetTimestamp();
            Times.Add(now - before);
            before = now;
        }
    }

    private void Write(float force)
    {
        if (_buffer.Length - _length < LongestLine)
        {
            Flush();
        }

        // As many digits as it takes to read the same bits back.
        Utf8Formatter.TryFormat(force, _buffer.AsSpan(_length), out int written);
        _length += written;
        _buffer[_length++] = (byte)'\n';
    }

    private void Flush()
    {
        _forces.Write(_buffer.AsSpan(0, _length));
        _forces.Flush();
        _length = 0;
    }
}
