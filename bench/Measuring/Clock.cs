using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Recurrent.Bench.Measuring;

/// <summary>
/// How long the calling thread has had a core, where the system tells; elsewhere the time that has passed. What is measured never waits, so that on an
/// idle machine both are the same; on one that others use as well, the first leaves out what they took.
/// </summary>
public static class Clock
{
    private const int ThreadTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    public static double Nanoseconds()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && clock_gettime(ThreadTime, out TimeSpecification time) == 0)
        {
            return (time.Seconds * 1e9) + time.Nanoseconds;
        }

        return Passed();
    }

    /// <summary>The time that has passed, for what waits for other threads.</summary>
    public static double Passed() => Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int clock_gettime(int clock, out TimeSpecification time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
