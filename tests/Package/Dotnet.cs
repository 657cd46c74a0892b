using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace Recurrent.Tests.Package;

/// <summary>Child processes, of the <c>dotnet</c> command above all, as a user would start them in a fresh shell.</summary>
public static class Dotnet
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Runs to the end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed, or did not end; the message holds what it wrote.</exception>
    public static string Run(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        RunProgram(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, variables, arguments);

    /// <summary>Runs another program to the end, like <see cref="Run"/>.</summary>
    public static string RunProgram(string program, string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The process that runs these tests may itself be a child of a build, whose variables would lead this one astray.
        foreach (string inherited in start.Environment.Keys.Where(IsOfBuild).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(Longest);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        string written = output.GetAwaiter().GetResult();
        if (!ended || process.ExitCode != 0)
        {
            string fate = ended ? $"ended with {process.ExitCode}" : $"did not end within {Longest.TotalMinutes} minutes";
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} {fate}:\n{written}\n{error.GetAwaiter().GetResult()}");
        }

        return written;
    }

    private static bool IsOfBuild(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase);
}
