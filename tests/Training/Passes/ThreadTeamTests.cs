using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Passes;

public class ThreadTeamTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 100)]
    public void Every_item_is_done_once_run_after_run(int threads, int items)
    {
        using ThreadTeam team = new(threads);
        Count count = new(threads, items);

        for (int run = 1; run <= 50; run++)
        {
            team.Run(count, items);
            count.Done.ShouldAllBe(times => times == run);
        }

        count.Overlaps.ShouldBe(0);
    }

    [Fact]
    public void Several_threads_work_at_a_time()
    {
        using ThreadTeam team = new(3);
        using Barrier barrier = new(3);

        // Every item waits for two others: one thread alone would never end.
        team.Run(new Work((_, _) => barrier.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue()), 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_the_first_failing_item_throws_is_thrown_when_all_are_done_and_the_team_goes_on(int threads)
    {
        using ThreadTeam team = new(threads);
        int done = 0;

        Should.Throw<InvalidOperationException>(() => team.Run(
            new Work((_, item) =>
            {
                Interlocked.Increment(ref done);
                if (item >= 3)
                {
                    throw new InvalidOperationException($"item {item}");
                }
            }),
            20)).Message.ShouldBe("item 3");

        done.ShouldBe(20);
        Count count = new(threads, 7);
        team.Run(count, 7);
        count.Done.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public void A_team_that_has_been_disposed_has_ended_its_threads_and_works_no_more()
    {
        Thread?[] threads = new Thread?[2];
        using Barrier barrier = new(2);
        ThreadTeam team = new(2);
        team.Run(new Work((thread, _) =>
        {
            threads[thread] = Thread.CurrentThread;
            barrier.SignalAndWait();
        }), 2);

        team.Dispose();
        team.Dispose();

        threads[1]!.IsAlive.ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => team.Run(new Work((_, _) => { }), 1));
    }

    [Fact]
    public void A_team_that_nobody_disposes_ends_its_threads_when_it_is_collected()
    {
        Thread helper = Forget();

        for (int i = 0; i < 100 && helper.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            helper.Join(20);
        }

        helper.IsAlive.ShouldBeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread Forget()
    {
        Thread?[] threads = new Thread?[2];
        using Barrier barrier = new(2);
        new ThreadTeam(2).Run(new Work((thread, _) =>
        {
            threads[thread] = Thread.CurrentThread;
            barrier.SignalAndWait();
        }), 2);
        return threads[1]!;
    }

    private sealed class Work(Action<int, int> work) : IItemWork
    {
        public void Do(int thread, int item) => work(thread, item);
    }

    private sealed class Count(int threads, int items) : IItemWork
    {
        private readonly int[] _inside = new int[threads];
        private int _overlaps;

        public int[] Done { get; } = new int[items];

        public int Overlaps => _overlaps;

        public void Do(int thread, int item)
        {
            if (Interlocked.Increment(ref _inside[thread]) != 1)
            {
                Interlocked.Increment(ref _overlaps);
            }

            Done[item]++;
            Interlocked.Decrement(ref _inside[thread]);
        }
    }
}
