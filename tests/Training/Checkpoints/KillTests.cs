using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Checkpoints;

/// <summary>A process that trains is killed at random moments. RECURRENT_KILLS says how often, by default a few times.</summary>
public sealed class KillTests : IDisposable
{
    private const int DefaultKills = 4;
    private const int MostKillsOfARun = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_that_is_killed_at_random_moments_comes_to_the_bits_of_one_that_is_not()
    {
        int wanted = int.Parse(Environment.GetEnvironmentVariable("RECURRENT_KILLS") ?? DefaultKills.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        Random random = new(Environment.TickCount);
        Outcome whole = Run(Path.Join(_folder, "whole"), killAfter: null, out TimeSpan duration)!;
        whole.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(9); // the loss, and 8 epochs

        int kills = 0;
        for (int run = 0; kills < wanted; run++)
        {
            run.ShouldBeLessThan(10 * wanted, "runs come to their end before they are killed");
            string folder = Path.Join(_folder, run.ToString(CultureInfo.InvariantCulture));
            Outcome? outcome = null;
            for (int kill = 0; kill < MostKillsOfARun && kills < wanted && outcome is null; kill++)
            {
                outcome = Run(folder, random.NextDouble() * duration, out _);
                kills += outcome is null ? 1 : 0;
            }

            outcome ??= Run(folder, killAfter: null, out _)!;

            outcome.Output.ShouldBe(whole.Output);
            outcome.Weights.ShouldBe(whole.Weights);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the program in a folder.</summary>
    /// <param name="folder">The folder of the checkpoint, made where there is none.</param>
    /// <param name="killAfter">How long after it has begun to train it is killed; <see langword="null"/> for not at all.</param>
    /// <param name="duration">How long it has trained.</param>
    /// <returns>What it gave; <see langword="null"/> where it was killed before it had come to its end.</returns>
    private static Outcome? Run(string folder, TimeSpan? killAfter, out TimeSpan duration)
    {
        Directory.CreateDirectory(folder);
        string weights = Path.Join(folder, "weights");
        ProcessStartInfo start = new(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [InterruptedProgram.Assembly, Path.Join(folder, "run.checkpoint"), weights])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadLine().ShouldBe("begins", errors.IsCompleted ? errors.Result : "");
        long began = Stopwatch.GetTimestamp();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (killAfter is { } time)
        {
            Thread.Sleep(time);
            process.Kill();
        }

        process.WaitForExit(Longest).ShouldBeTrue();
        duration = Stopwatch.GetElapsedTime(began);
        string written = output.GetAwaiter().GetResult();
        if (killAfter is not null && process.ExitCode != 0)
        {
            // The signal, and no fault of its own.
            errors.GetAwaiter().GetResult().ShouldBeEmpty();
            return null;
        }

        process.ExitCode.ShouldBe(0, errors.GetAwaiter().GetResult());
        return new Outcome(written, File.ReadAllBytes(weights));
    }

    private sealed record Outcome(string Output, byte[] Weights);
}
