using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Edge;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

/// <summary>The controller as it is shipped: a program of native code.</summary>
public class EdgePublishTests(EdgePublishing edge) : IClassFixture<EdgePublishing>
{
    [SkippableTheory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    public void The_published_program_is_small_builds_without_a_warning_and_gives_the_bits_of_this_process(string runtimeIdentifier)
    {
        Skip.If(EdgePublishing.Missing(runtimeIdentifier) is not null, EdgePublishing.Missing(runtimeIdentifier) ?? "");
        using Policy policy = EmbeddedPolicy.Load();
        (string[] frames, string[] forces) = EdgeFrames.Record(policy);
        string input = string.Concat(frames.Select(frame => frame + "\n"));

        (string program, string buildOutput) = edge.Publish(runtimeIdentifier);
        string[] command = runtimeIdentifier == "linux-arm64" ? ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", program] : [program];
        (string written, string report) = Run(command, input);

        buildOutput.ShouldNotContain("warning", Case.Insensitive);
        new FileInfo(program).Length.ShouldBeLessThan(3_000_000);
        written.ShouldBe(string.Concat(forces.Select(force => force + "\n")));
        foreach (string figure in new[] { "Frames +500, ([0-9,]+) a second", "Step, worst +([0-9.]+) us", "Step, 99.99 % +([0-9.]+) us", "Peak memory +([0-9.]+) MB" })
        {
            Regex.IsMatch(report, figure).ShouldBeTrue($"'{figure}' in:\n{report}");
        }
    }

    private static (string Output, string Error) Run(string[] command, string input)
    {
        using Process process = Start(command);
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return (output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static Process Start(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
