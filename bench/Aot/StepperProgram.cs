using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Recurrent.Bench.Aot;

/// <summary>The program <c>bench/Stepper</c>, published for the JIT or with NativeAOT into a folder of its own.</summary>
public sealed class StepperProgram : IDisposable
{
    private const string Name = "Stepper";
    private readonly string _folder = Directory.CreateTempSubdirectory("recurrent-stepper-").FullName;
    private readonly bool _isNative;

    private StepperProgram(bool isNative) => _isNative = isNative;

    /// <summary>Says what NativeAOT lacks here, or <see langword="null"/>.</summary>
    public static string? Missing => OperatingSystem.IsWindows() || new[] { "clang", "gcc" }.Any(IsOnPath) ? null : "NativeAOT takes clang or gcc, and neither is installed.";

    /// <summary>Publishes it for the JIT.</summary>
    public static StepperProgram ForJit() => Publish(isNative: false, "-p:PublishAot=false", "-p:UseAppHost=false");

    /// <summary>Publishes it with NativeAOT.</summary>
    /// <param name="instructionSet">What every processor shall have, or "" for the package's default.</param>
    public static StepperProgram ForNativeAot(string instructionSet) => Publish(
        isNative: true, ["-r", RuntimeInformation.RuntimeIdentifier, .. instructionSet.Length > 0 ? [$"-p:IlcInstructionSet={instructionSet}"] : Array.Empty<string>()]);

    /// <summary>Starts it.</summary>
    /// <param name="variables">Environment variables.</param>
    /// <param name="arguments">Arguments.</param>
    public Process Start(IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        ProcessStartInfo start = _isNative
            ? new(Path.Combine(_folder, OperatingSystem.IsWindows() ? Name + ".exe" : Name), arguments)
            : new(Host, [Path.Combine(_folder, Name + ".dll"), .. arguments]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static StepperProgram Publish(bool isNative, params string[] properties)
    {
        StepperProgram program = new(isNative);
        ProcessStartInfo start = new(
            Host, ["publish", Path.Combine(Root(), "bench", Name), "-c", "Release", "-o", program._folder, "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. properties])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            program.Dispose();
            throw new InvalidOperationException($"dotnet {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{output}\n{error.GetAwaiter().GetResult()}");
        }

        return program;
    }

    private static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recurrent.Gen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Recurrent.Gen.sln, whose bench/{Name} is to be published.");
    }
}
