using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Recurrent;

/// <summary>
/// Where threads wait for each other, time after time. They are all at work meanwhile, so that nobody waits for long: who has waited a little gives the core
/// away, in case another of them waits for it, which costs little where none does, and in the end sleeps. Nothing in here throws, not even where a thread is interrupted: others would still
/// write to the memory of a caller who left.
/// </summary>
/// <param name="threads">How many threads meet.</param>
internal sealed class Meeting(int threads)
{
    /// <summary>Some 40 ns each.</summary>
    private const int Spins = 100;

    /// <summary>More than it takes to wake a thread that has parked, or to run what cannot be shared.</summary>
    private const int Yields = 5000;

    private static readonly int MostSpins = Environment.ProcessorCount > 1 ? Spins : 0;

    private Lines _lines;

    public void Meet()
    {
        int before = Volatile.Read(ref _lines.Meetings);
        if (Interlocked.Increment(ref _lines.Here) == threads)
        {
            _lines.Here = 0;
            Volatile.Write(ref _lines.Meetings, unchecked(before + 1));
            return;
        }

        if (!HasChanged(ref _lines.Meetings, before))
        {
            AwaitOthers(before);
        }
    }

    /// <summary>Spins for a while.</summary>
    /// <returns>Whether a number, which another thread counts up, is no longer what it was.</returns>
    public static bool HasChanged(ref int number, int before)
    {
        for (int spin = 0; spin < MostSpins; spin++)
        {
            if (Volatile.Read(ref number) != before)
            {
                return true;
            }

            Thread.SpinWait(1);
        }

        return false;
    }

    private void AwaitOthers(int before)
    {
        bool isInterrupted = false;
        for (int yields = 0; Volatile.Read(ref _lines.Meetings) == before; yields++)
        {
            if (yields < Yields)
            {
                Thread.Yield();
                continue;
            }

            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>What one thread after another writes, and what the others read meanwhile, on cache lines of their own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Lines
    {
        [FieldOffset(128)]
        public int Here;

        [FieldOffset(256)]
        public int Meetings;
    }
}
