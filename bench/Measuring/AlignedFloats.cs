using System;
using System.Runtime.InteropServices;

namespace Recurrent.Bench.Measuring;

/// <summary>
/// Floats that begin with a cache line, or a page, zeros at first. An array begins at any multiple of 8 bytes, by what was allocated before it, and so by the length of a path; a step of a small layer
/// takes a fifth longer where a vector of its state lies across two pages. Two runs, or two programs, are compared without that chance.
/// </summary>
public sealed unsafe class AlignedFloats
{
    // Pinned, so that the address stays what it is; kept, so that the memory does.
    private readonly float[] _all;
    private readonly float* _first;

    /// <param name="length">How many.</param>
    /// <param name="alignment">Bytes that the address of the first is a multiple of, a power of two.</param>
    public AlignedFloats(int length, int alignment = 64)
    {
        Length = length;
        _all = GC.AllocateArray<float>(length + (alignment / sizeof(float)), pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_all, 0);
        _first = (float*)((start + alignment - 1) & -alignment);
    }

    public int Length { get; }

    public Span<float> Span => new(_first, Length);
}
