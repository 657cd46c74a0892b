using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Threads;

/// <summary>Threads that help a caller.</summary>
public unsafe class TeamTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public static TheoryData<int> Sizes => [2, 3, 5];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_thread_has_a_part_and_the_parts_are_all_there_is(int threads)
    {
        using Team team = new(threads);
        int[] counts = [0, 1, threads - 1, threads, 31, 1000];
        List<(int Thread, bool IsFirst, int[] Begins, int[] Ends)> parts = [];

        Run(team, share =>
        {
            lock (parts)
            {
                parts.Add((Environment.CurrentManagedThreadId, share.IsFirst, [.. counts.Select(share.Begin)], [.. counts.Select(share.End)]));
            }
        }).ShouldBeTrue();

        parts.Select(part => part.Thread).Distinct().Count().ShouldBe(threads);
        parts.Where(part => part.IsFirst).ShouldHaveSingleItem().Thread.ShouldBe(Environment.CurrentManagedThreadId);
        for (int i = 0; i < counts.Length; i++)
        {
            (int Begin, int End)[] ranges = [.. parts.Select(part => (part.Begins[i], part.Ends[i])).Order()];
            ranges[0].Begin.ShouldBe(0);
            ranges[^1].End.ShouldBe(counts[i]);
            ranges.Zip(ranges.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Begin);
            parts.Single(part => part.IsFirst).Ends[i].ShouldBe(ranges.Min(range => range.End - range.Begin));
        }
    }

    [Fact]
    public void A_part_that_is_the_whole_begins_at_0_and_waits_for_nobody()
    {
        Share whole = default;

        whole.IsFirst.ShouldBeTrue();
        whole.Begin(9).ShouldBe(0);
        whole.End(9).ShouldBe(9);
        whole.Meet();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Threads_that_have_met_see_what_each_has_written_before(int threads)
    {
        const int Rounds = 100;
        using Team team = new(threads);
        int[] written = new int[threads];
        int wrong = 0;

        for (int pass = 0; pass < 3; pass++)
        {
            written.AsSpan().Clear();
            Run(team, share =>
            {
                int mine = share.Begin(threads);
                for (int round = 1; round <= Rounds; round++)
                {
                    written[mine] = round;
                    share.Meet();
                    if (written.Any(value => value != round))
                    {
                        Interlocked.Increment(ref wrong);
                    }

                    share.Meet();
                }
            }).ShouldBeTrue();
            written.ShouldAllBe(value => value == Rounds);
        }

        wrong.ShouldBe(0);
    }

    [Fact]
    public void A_team_that_has_a_caller_takes_no_other_and_does_nothing_for_it()
    {
        using Team team = new(2);
        using ManualResetEventSlim isRunning = new();
        using ManualResetEventSlim mayEnd = new();
        Thread first = new(() => Run(team, share =>
        {
            if (share.IsFirst)
            {
                isRunning.Set();
                mayEnd.Wait();
            }
        }));
        first.Start();
        isRunning.Wait(Long).ShouldBeTrue();

        Run(team, _ => throw new InvalidOperationException()).ShouldBeFalse();

        mayEnd.Set();
        first.Join(Long).ShouldBeTrue();
        Run(team, _ => { }).ShouldBeTrue();
    }

    [Fact]
    public void Threads_that_have_parked_are_woken()
    {
        using Team team = new(3);
        int parts = 0;
        for (int round = 0; round < 5; round++)
        {
            SpinWait.SpinUntil(() => team.Helpers.All(helper => (helper.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0), Long).ShouldBeTrue();
            Run(team, _ => Interlocked.Increment(ref parts)).ShouldBeTrue();
        }

        parts.ShouldBe(15);
    }

    [Fact]
    public void Threads_end_with_their_team_at_work_or_parked()
    {
        for (int round = 0; round < 20; round++)
        {
            Team team = new(2 + (round % 3));
            Thread[] helpers = [.. team.Helpers];
            Run(team, _ => { });
            Thread.Sleep(round % 2);

            team.Dispose();

            helpers.ShouldAllBe(helper => !helper.IsAlive);
            team.Dispose();
        }
    }

    [Fact]
    public void Threads_of_a_team_that_was_forgotten_end_when_it_is_collected()
    {
        Thread[] helpers = Forget();
        Stopwatch time = Stopwatch.StartNew();
        while (helpers.Any(helper => helper.IsAlive) && time.Elapsed < Long)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(1);
        }

        helpers.ShouldAllBe(helper => !helper.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] Forget()
    {
        Team team = new(3);
        Run(team, _ => { });
        return [.. team.Helpers];
    }

    private static bool Run(Team team, Action<Share> part) => team.TryRun((share, _, _, _, _, _, _, _) => part(share), 0, null, null, null, null, null, null);
}
