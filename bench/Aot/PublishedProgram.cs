using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Recurrent.Bench.Aot;

/// <summary>A program of the repository, published for the JIT or with NativeAOT into a folder of its own.</summary>
public sealed class PublishedProgram : IDisposable
{
    /// <summary>The folder of the program that takes steps when it is told to.</summary>
    public const string Stepper = "bench/Stepper";

    private readonly string _folder = Directory.CreateTempSubdirectory("recurrent-published-").FullName;
    private readonly string _name;
    private readonly bool _isNative;

    private PublishedProgram(string project, bool isNative) => (_name, _isNative) = (Path.GetFileName(project), isNative);

    /// <summary>Says what NativeAOT lacks here, or <see langword="null"/>.</summary>
    public static string? Missing => OperatingSystem.IsWindows() || new[] { "clang", "gcc" }.Any(IsOnPath) ? null : "NativeAOT takes clang or gcc, and neither is installed.";

    /// <summary>Bytes of the program: native code, or what the JIT compiles.</summary>
    public long Size => new FileInfo(_isNative ? NativePath : ManagedPath).Length;

    private string NativePath => Path.Combine(_folder, OperatingSystem.IsWindows() ? _name + ".exe" : _name);

    private string ManagedPath => Path.Combine(_folder, _name + ".dll");

    /// <summary>Publishes a program for the JIT.</summary>
    /// <param name="project">Its folder in the repository, which has its name.</param>
    public static PublishedProgram ForJit(string project) => Publish(project, isNative: false, "-p:PublishAot=false", "-p:UseAppHost=false");

    /// <summary>Publishes a program with NativeAOT.</summary>
    /// <param name="project">Its folder in the repository, which has its name.</param>
    /// <param name="instructionSet">What every processor shall have, or "" for the package's default.</param>
    public static PublishedProgram ForNativeAot(string project, string instructionSet = "") => Publish(
        project, isNative: true, ["-r", RuntimeInformation.RuntimeIdentifier, .. instructionSet.Length > 0 ? [$"-p:IlcInstructionSet={instructionSet}"] : Array.Empty<string>()]);

    /// <summary>Starts it.</summary>
    /// <param name="variables">Environment variables.</param>
    /// <param name="arguments">Arguments.</param>
    public Process Start(IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        ProcessStartInfo start = Command(arguments);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>What starts it.</summary>
    /// <param name="arguments">Arguments.</param>
    public ProcessStartInfo Command(params string[] arguments)
    {
        ProcessStartInfo start = _isNative ? new(NativePath, arguments) : new(Host, [ManagedPath, .. arguments]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return start;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static PublishedProgram Publish(string project, bool isNative, params string[] properties)
    {
        PublishedProgram program = new(project, isNative);
        ProcessStartInfo start = new(
            Host, ["publish", Path.Combine(Root(), project), "-c", "Release", "-o", program._folder, "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. properties])
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

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Recurrent.Gen.sln, whose program is to be published.");
    }
}
