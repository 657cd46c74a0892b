using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace Recurrent.Bench.Measuring;

/// <summary>The processor's core that measures.</summary>
public static class Core
{
    /// <summary>Keeps the process on the last core that it may use, where the system can.</summary>
    public static void Pin(TextWriter log)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using Process process = Process.GetCurrentProcess();
            int core = BitOperations.Log2((nuint)process.ProcessorAffinity);
            process.ProcessorAffinity = (nint)1 << core;
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pinned to core {core}"));
        }
    }
}
