using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace Recurrent.Bench.Measuring;

/// <summary>The processor's core that measures.</summary>
public static class Core
{
    private static nint _allowed;

    /// <summary>Keeps the process on the last core that it may use, where the system can.</summary>
    public static void Pin(TextWriter log)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using Process process = Process.GetCurrentProcess();
            _allowed = process.ProcessorAffinity;
            process.ProcessorAffinity = Last(1);
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pinned to core {BitOperations.Log2((nuint)_allowed)}"));
        }
    }

    /// <summary>Gives the pinned thread, and those that it starts meanwhile, so many of the cores that the process may use, the last ones.</summary>
    /// <returns>Pins it again when disposed; <see langword="null"/> where nothing has been pinned.</returns>
    public static IDisposable? Widen(int cores)
    {
        if (_allowed == 0 || !(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            return null;
        }

        using Process process = Process.GetCurrentProcess();
        process.ProcessorAffinity = Last(cores);
        return new Pinned();
    }

    private static nint Last(int cores)
    {
        nuint rest = (nuint)_allowed;
        nuint last = 0;
        for (; cores > 0 && rest != 0; cores--)
        {
            nuint core = (nuint)1 << BitOperations.Log2(rest);
            last |= core;
            rest &= ~core;
        }

        return (nint)last;
    }

    private sealed class Pinned : IDisposable
    {
        public void Dispose()
        {
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            {
                using Process process = Process.GetCurrentProcess();
                process.ProcessorAffinity = Last(1);
            }
        }
    }
}
