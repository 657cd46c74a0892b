using System;
using System.IO;
using System.Linq;
using System.Text;
using Edge;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

/// <summary>The controller in this process.</summary>
public sealed class EdgeTests : IDisposable
{
    private readonly Policy _policy = EmbeddedPolicy.Load();

    public void Dispose() => _policy.Dispose();

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(7, "\r\n")]
    [InlineData(100_000, "\n")]
    public void The_loop_gives_the_forces_of_the_simulation_however_its_frames_arrive(int bytes, string lineEnd)
    {
        (string[] frames, string[] forces) = EdgeFrames.Record(_policy);
        using MemoryStream output = new();

        new ControlLoop(new SlowStream(Encoding.UTF8.GetBytes(string.Join(lineEnd, frames)), bytes), _policy, output).Run();

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe(string.Concat(forces.Select(force => force + "\n")));
    }

    [Fact]
    public void A_frame_is_answered_before_the_next_is_waited_for()
    {
        using MemoryStream output = new();
        int answered = -1;
        SlowStream frames = new("0.1,0.02\n0.1,0.02\n"u8.ToArray(), bytes: 9) { Reading = offset => answered = offset == 9 ? output.ToArray().Count(letter => letter == '\n') : answered };

        new ControlLoop(frames, _policy, output).Run();

        answered.ShouldBe(1);
    }

    [Fact]
    public void The_loop_allocates_nothing()
    {
        byte[] frames = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("-0.25,0.004\n0.31,-1e-3\n", 20_000)));
        AllocatedBy(frames);

        AllocatedBy(frames).ShouldBe(0);
    }

    [Theory]
    [InlineData("0.1;0.2", "'0.1;0.2'")]
    [InlineData("0.1", "'0.1'")]
    [InlineData("", "''")]
    [InlineData("0.1,0.2,0.3", "'0.1,0.2,0.3'")]
    [InlineData("0.1, 0.2x", "'0.1, 0.2x'")]
    [InlineData("NaN,0.2", "'NaN,0.2'")]
    [InlineData("0.1,1e99", "'0.1,1e99'")]
    public void A_line_that_is_no_frame_is_named_with_what_is_wanted_and_frames_before_it_are_answered(string line, string shown)
    {
        using MemoryStream output = new();
        ControlLoop loop = new(new MemoryStream(Encoding.UTF8.GetBytes($"0.1,0.02\n0.1,0.02\n{line}\n0.1,0.02\n")), _policy, output);

        string message = Should.Throw<InvalidDataException>(loop.Run).Message;

        message.ShouldStartWith($"Line 3 is {shown}; ");
        message.ShouldContain("two finite numbers are wanted");
        output.ToArray().Count(letter => letter == '\n').ShouldBe(2);
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        byte[] frames = Encoding.UTF8.GetBytes("0.1,0.02\n" + new string('1', 1_000_000));

        string message = Should.Throw<InvalidDataException>(new ControlLoop(new SlowStream(frames, 100), _policy, Stream.Null).Run).Message;

        message.ShouldStartWith("Line 2 is '1111");
        message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void The_weights_of_the_sample_balance_the_pole()
    {
        int stood = Enumerable.Range(0, 50).Count(seed => Simulation.Run(_policy, seed, TextWriter.Null, TextWriter.Null) == 0);

        stood.ShouldBeGreaterThanOrEqualTo(48);
    }

    [Fact]
    public void A_share_of_durations_is_found_up_to_a_64th()
    {
        Random random = new(1);
        StepTimes times = new();
        long[] durations = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 40))];
        foreach (long duration in durations)
        {
            times.Add(duration);
        }

        Array.Sort(durations);
        times.Worst.ShouldBe(durations[^1]);
        times.Percentile(1).ShouldBe(durations[^1]);
        foreach (double share in new[] { 0.01, 0.5, 0.99, 0.9999 })
        {
            long exact = durations[(int)Math.Ceiling(share * durations.Length) - 1];
            times.Percentile(share).ShouldBeInRange(exact, exact + (exact / 64));
        }
    }

    [Fact]
    public void Training_gives_a_policy_that_balances_what_a_network_without_memory_lets_fall()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("recurrent-edge-").FullName, "policy.safetensors");

        string written = Sample.Run("EdgeTraining", [path]);

        Sample.Figure(written, "GRU, with memory +([0-9.]+)").ShouldBeGreaterThan(490);
        Sample.Figure(written, "Dense layers, without memory +([0-9.]+)").ShouldBeLessThan(350);
        using (Policy trained = Policy.Load(path))
        {
            Simulation.Run(trained, seed: 1, TextWriter.Null, TextWriter.Null).ShouldBe(0);
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private long AllocatedBy(byte[] frames)
    {
        using MemoryStream input = new(frames);
        using MemoryStream output = new(frames.Length * 2);
        ControlLoop loop = new(input, _policy, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        loop.Run();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        loop.Times.Count.ShouldBe(40_000);
        return allocated;
    }
}
