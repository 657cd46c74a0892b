using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Edge;

const string Usage = """
    usage: Edge [FILE]             answers the frames of a file, or of standard input, with forces
           Edge --simulate [SEED]  balances a simulated pole, and writes position,angle,force of 500 time steps
    """;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using Stream output = Console.OpenStandardOutput();
using Policy policy = EmbeddedPolicy.Load();
try
{
    switch (args)
    {
        case []:
            using (Stream input = Console.OpenStandardInput())
            {
                Answer(input, policy, output);
            }

            return 0;
        case ["--simulate"]:
            return Simulation.Run(policy, seed: 1, Console.Out, Console.Error);
        case ["--simulate", string text] when int.TryParse(text, out int seed):
            return Simulation.Run(policy, seed, Console.Out, Console.Error);
        case [string path] when !path.StartsWith('-'):
            using (FileStream input = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
            {
                Answer(input, policy, output);
            }

            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Answer(Stream input, Policy policy, Stream output)
{
    ControlLoop loop = new(input, policy, output);
    long started = Stopwatch.GetTimestamp();
    loop.Run();
    double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

    // Standard output belongs to the forces.
    using Process self = Process.GetCurrentProcess();
    Console.Error.WriteLine($"Frames        {loop.Times.Count:N0}, {loop.Times.Count / seconds:N0} a second");
    Console.Error.WriteLine($"Step, worst   {Microseconds(loop.Times.Worst):F2} us");
    Console.Error.WriteLine($"Step, 99.99 % {Microseconds(loop.Times.Percentile(0.9999)):F2} us");
    Console.Error.WriteLine($"Peak memory   {self.PeakWorkingSet64 / 1e6:F1} MB");
}

static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
