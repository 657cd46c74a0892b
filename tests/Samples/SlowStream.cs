using System;
using System.IO;

namespace Recurrent.Tests.Samples;

/// <summary>A stream that gives a few bytes at a time, like a serial line.</summary>
internal sealed class SlowStream(byte[] content, int bytes) : MemoryStream(content)
{
    /// <summary>Is told of every read: how many bytes have gone before.</summary>
    public Action<int> Reading { get; init; } = _ => { };

    public override int Read(Span<byte> buffer)
    {
        Reading((int)Position);
        return base.Read(buffer[..Math.Min(bytes, buffer.Length)]);
    }
}
