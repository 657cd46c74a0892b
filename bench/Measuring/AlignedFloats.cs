using System;
using System.Runtime.InteropServices;

namespace Recurrent.Bench.Measuring;

/// <summary>
/// Floats that begin with a cache line, zeros at first. An array begins at any multiple of 8 bytes, by what was allocated before it, and so by the length of a path; a step of a small layer
/// takes a fifth longer where a vector of its state lies across two pages. Two runs, or two programs, are compared without that chance.
/// </summary>
public sealed unsafe class AlignedFloats
{
    private const int Alignment = 64;

    // Pinned, so that the address stays what it is; kept, so that the memory does.
    private readonly float[] _all;
    private readonly float* _first;

    /// <param name="length">How many.</param>
    public AlignedFloats(int length)
    {
        Length = length;
        _all = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_all, 0);
        _first = (float*)((start + Alignment - 1) & -Alignment);
    }

    public int Length { get; }

    public Span<float> Span => new(_first, Length);
}
