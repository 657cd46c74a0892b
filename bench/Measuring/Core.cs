using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace Recurrent.Bench.Measuring;

/// <summary>The processor's cores that measure.</summary>
public static class Core
{
    /// <summary>Keeps the process on the last cores that it may use, where the system can.</summary>
    /// <param name="log">Where it is told.</param>
    /// <param name="count">How many cores.</param>
    public static void Pin(TextWriter log, int count = 1)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using Process process = Process.GetCurrentProcess();
            nuint all = (nuint)process.ProcessorAffinity;
            nuint chosen = 0;
            for (int i = 0; i < count && all != 0; i++)
            {
                int core = BitOperations.Log2(all);
                chosen |= (nuint)1 << core;
                all &= ~chosen;
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pinned to core {core}"));
            }

            process.ProcessorAffinity = (nint)chosen;
        }
    }
}
