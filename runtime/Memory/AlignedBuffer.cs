using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Recurrent;

/// <summary>
/// Native memory for floats that begins at a multiple of <see cref="Alignment"/> bytes. For generated code.
/// </summary>
/// <remarks>
/// <para>
/// A buffer has one owner at a time. <see cref="Return"/> and <see cref="SafeHandle.Dispose()"/> end the ownership; from then on
/// the owner must forget the buffer. Using it all the same throws, until the pool has given the same object to its next owner.
/// </para>
/// <para>
/// The memory is freed when the object is collected, even where a pointer to it is still in use: whoever works with
/// <see cref="Pointer"/> or <see cref="Span"/> keeps the buffer reachable meanwhile, with <see cref="GC.KeepAlive"/>.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedBuffer : SafeHandle
{
    /// <summary>Every buffer begins at a multiple of so many bytes: a cache line, and the widest vector register.</summary>
    public const int Alignment = 64;

    private const int Owned = 0;
    private const int Pooled = 1;
    private const int Freed = 2;

    private static long _liveBytes;

    private readonly long _bytes;
    private int _length;
    private string _owner = nameof(AlignedBuffer);
    private int _state;

    // The memory while somebody owns the buffer, 0 otherwise. Whoever exchanges it for 0 is the one to end the ownership.
    private nint _pointer;

    private AlignedBuffer(int capacity, int sizeClass)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        nuint bytes = checked((nuint)capacity * sizeof(float));
        SizeClass = sizeClass;
        _bytes = (long)bytes;
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, Alignment));
        GC.AddMemoryPressure(_bytes);
        Interlocked.Add(ref _liveBytes, _bytes);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>How many floats were asked for; 0 once the buffer has been returned or disposed.</summary>
    public int Length => _length;

    /// <summary>The first float. Valid while the buffer is owned and reachable.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been returned or disposed.</exception>
    public float* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            nint pointer = _pointer;
            if (pointer == 0)
            {
                ThrowNotOwned();
            }

            return (float*)pointer;
        }
    }

    /// <summary>The floats. Valid while the buffer is owned and reachable.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been returned or disposed.</exception>
    public Span<float> Span => new(Pointer, _length);

    /// <summary>Bytes of all buffers whose memory has not been freed, those of the pool among them.</summary>
    internal static long LiveBytes => Volatile.Read(ref _liveBytes);

    internal int SizeClass { get; }

    /// <summary>Gives memory from the pool, for as long as a call lasts. Allocates nothing once the pool is warm.</summary>
    /// <param name="floats">How many floats; at least 0. The memory may be larger, up to twice.</param>
    /// <param name="clear">Whether the floats are 0; otherwise their content is unspecified.</param>
    /// <returns>A buffer owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floats"/> is negative.</exception>
    public static AlignedBuffer Rent(int floats, bool clear = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        int sizeClass = AlignedBufferPool.SizeClassOf(floats);
        if (sizeClass < 0)
        {
            return Allocate(floats, clear);
        }

        while (AlignedBufferPool.TryTake(sizeClass) is { } pooled)
        {
            // Fails where a former owner has disposed the buffer after returning it: its memory is gone.
            if (Interlocked.CompareExchange(ref pooled._state, Owned, Pooled) == Pooled)
            {
                return pooled.Begin(floats, clear);
            }
        }

        return new AlignedBuffer(AlignedBufferPool.Capacity(sizeClass), sizeClass).Begin(floats, clear);
    }

    /// <summary>Gives memory of exactly the size asked for, outside the pool: for what lives as long as a network.</summary>
    /// <param name="floats">How many floats; at least 0.</param>
    /// <param name="clear">Whether the floats are 0; otherwise their content is unspecified.</param>
    /// <param name="owner">What an <see cref="ObjectDisposedException"/> calls the object that was disposed.</param>
    /// <returns>A buffer owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floats"/> is negative.</exception>
    public static AlignedBuffer Allocate(int floats, bool clear = false, string owner = nameof(AlignedBuffer))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        return new AlignedBuffer(Math.Max(floats, 1), AlignedBufferPool.NoSizeClass) { _owner = owner }.Begin(floats, clear);
    }

    /// <summary>Ends the ownership: the memory goes back to the pool, or is freed where the pool has no place for it.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been returned or disposed already.</exception>
    public void Return()
    {
        if (Interlocked.Exchange(ref _pointer, 0) == 0)
        {
            ThrowNotOwned();
        }

        _length = 0;
        Volatile.Write(ref _state, Pooled);
        if (!AlignedBufferPool.TryKeep(this))
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _pointer, 0) != 0)
        {
            _length = 0;
            Volatile.Write(ref _state, Freed);
        }
        else if (Interlocked.CompareExchange(ref _state, Freed, Pooled) != Pooled)
        {
            return;
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        GC.RemoveMemoryPressure(_bytes);
        Interlocked.Add(ref _liveBytes, -_bytes);
        return true;
    }

    private AlignedBuffer Begin(int floats, bool clear)
    {
        if (clear)
        {
            NativeMemory.Clear((void*)handle, (nuint)floats * sizeof(float));
        }

        _length = floats;
        Volatile.Write(ref _pointer, handle);
        return this;
    }

    [DoesNotReturn]
    private void ThrowNotOwned() => throw new ObjectDisposedException(_owner);
}
