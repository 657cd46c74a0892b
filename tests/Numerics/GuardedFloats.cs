using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// Floats right before or right behind a page that nobody may touch: one float too far ends the process, which no test can overlook.
/// On the other side lie numbers that must not change.
/// </summary>
public sealed unsafe class GuardedFloats : IDisposable
{
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 2 | 32;
    private const float Canary = -12345.75f;

    private readonly nint _memory;
    private readonly nuint _bytes;
    private readonly int _start;
    private readonly int _room;

    /// <param name="values">What they hold at first.</param>
    /// <param name="atEnd">Whether the forbidden page follows them; else it stands before them.</param>
    public GuardedFloats(ReadOnlySpan<float> values, bool atEnd)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint room = (((nuint)values.Length * sizeof(float)) + page) / page * page;
        _bytes = room + (2 * page);
        _memory = Map(0, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (_memory == -1 || Protect(_memory, page, 0) != 0 || Protect(_memory + (nint)(page + room), page, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        _room = (int)(room / sizeof(float));
        _start = atEnd ? _room - values.Length : 0;
        Length = values.Length;
        Room.Fill(Canary);
        values.CopyTo(Span);
    }

    public int Length { get; }

    public Span<float> Span => Room.Slice(_start, Length);

    private Span<float> Room => new((void*)(_memory + Environment.SystemPageSize), _room);

    /// <summary>Nothing has been written beside the floats.</summary>
    public void ShouldBeIntact(string what)
    {
        bool isIntact = Room[.._start].IndexOfAnyExcept(Canary) < 0 && Room[(_start + Length)..].IndexOfAnyExcept(Canary) < 0;
        Xunit.Assert.True(isIntact, $"Something was written beside the {what}.");
    }

    public void Dispose() => _ = Unmap(_memory, _bytes);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint address, nuint bytes, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(nint address, nuint bytes);
}
