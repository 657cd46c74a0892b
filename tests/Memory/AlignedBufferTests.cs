using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Memory;

[CollectionDefinition("Pool", DisableParallelization = true)]
public class PoolCollection;

// The pool is the process's: nobody else may rent while these tests look at what it gives.
[Collection("Pool")]
public class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    public void Memory_begins_at_a_cache_line_and_has_the_length_asked_for(int floats)
    {
        foreach (AlignedBuffer buffer in new[] { AlignedBuffer.Rent(floats), AlignedBuffer.Allocate(floats) })
        {
            using (buffer)
            {
                (Address(buffer) % AlignedBuffer.Alignment).ShouldBe(0);
                buffer.Length.ShouldBe(floats);
                buffer.Span.Length.ShouldBe(floats);
                buffer.Span.Fill(1);
            }
        }
    }

    [Fact]
    public void The_size_class_is_the_smallest_power_of_two_that_holds_the_floats()
    {
        foreach (int floats in new[] { 0, 1, 16, 17, 32, 33, 127, 128, 129, (1 << 20) - 1, 1 << 20 })
        {
            int capacity = AlignedBufferPool.Capacity(AlignedBufferPool.SizeClassOf(floats));

            capacity.ShouldBeGreaterThanOrEqualTo(floats);
            (capacity == 16 || capacity / 2 < floats).ShouldBeTrue();
        }

        AlignedBufferPool.SizeClassOf((1 << 20) + 1).ShouldBe(AlignedBufferPool.NoSizeClass);
        AlignedBufferPool.SizeClassOf(int.MaxValue).ShouldBe(AlignedBufferPool.NoSizeClass);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_negative_size_is_refused(int floats)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => AlignedBuffer.Rent(floats)).Message.ShouldContain("floats");
        Should.Throw<ArgumentOutOfRangeException>(() => AlignedBuffer.Allocate(floats)).Message.ShouldContain("floats");
    }

    [Fact]
    public void Returned_memory_is_rented_again()
    {
        AlignedBuffer first = AlignedBuffer.Rent(300_000);
        first.Return();
        AlignedBuffer second = AlignedBuffer.Rent(400_000);

        second.ShouldBeSameAs(first);
        second.Length.ShouldBe(400_000);
        second.Return();
    }

    [Fact]
    public void Memory_rented_clear_is_zero_even_when_it_was_used_before()
    {
        AlignedBuffer used = AlignedBuffer.Rent(300_000);
        used.Span.Fill(1);
        used.Return();
        AlignedBuffer clear = AlignedBuffer.Rent(300_000, clear: true);

        clear.ShouldBeSameAs(used);
        clear.Span.IndexOfAnyExcept(0f).ShouldBe(-1);
        clear.Return();
        using AlignedBuffer allocated = AlignedBuffer.Allocate(1000, clear: true);
        allocated.Span.IndexOfAnyExcept(0f).ShouldBe(-1);
    }

    [Fact]
    public void Renting_and_returning_allocates_nothing_once_the_pool_is_warm()
    {
        RentAndReturn(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RentAndReturn(1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static void RentAndReturn(int times)
        {
            for (int i = 0; i < times; i++)
            {
                AlignedBuffer outer = AlignedBuffer.Rent(100);
                AlignedBuffer inner = AlignedBuffer.Rent(100 + i, clear: true);
                inner.Return();
                outer.Return();
            }
        }
    }

    [Fact]
    public void Use_after_return_throws()
    {
        AlignedBuffer buffer = AlignedBuffer.Rent(100);
        buffer.Return();

        Should.Throw<ObjectDisposedException>(() => Address(buffer));
        Should.Throw<ObjectDisposedException>(() => buffer.Span.Length);
        Should.Throw<ObjectDisposedException>(buffer.Return);
        buffer.Length.ShouldBe(0);
    }

    [Fact]
    public void Use_after_dispose_throws_and_disposing_twice_does_nothing()
    {
        AlignedBuffer buffer = AlignedBuffer.Allocate(100);
        buffer.Dispose();
        buffer.Dispose();

        buffer.IsClosed.ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => Address(buffer));
        Should.Throw<ObjectDisposedException>(buffer.Return);
    }

    [Fact]
    public void A_buffer_disposed_after_its_return_is_not_rented_again()
    {
        AlignedBuffer buffer = AlignedBuffer.Rent(300_000);
        buffer.Return();
        buffer.Dispose();
        AlignedBuffer next = AlignedBuffer.Rent(300_000);

        next.ShouldNotBeSameAs(buffer);
        next.Span.Fill(1);
        next.Return();
    }

    [Fact]
    public void The_pool_keeps_a_bounded_number_and_frees_the_rest()
    {
        int kept = AlignedBufferPool.MaximumKept(AlignedBufferPool.SizeClassOf(300_000));
        AlignedBuffer[] buffers = Enumerable.Range(0, kept + 3).Select(_ => AlignedBuffer.Rent(300_000)).ToArray();
        Array.ForEach(buffers, buffer => buffer.Return());

        buffers.Count(buffer => buffer.IsClosed).ShouldBe(3);
    }

    [Fact]
    public void Memory_outside_the_pool_is_freed_when_it_is_returned()
    {
        AlignedBuffer large = AlignedBuffer.Rent((1 << 20) + 1);
        AlignedBuffer exact = AlignedBuffer.Allocate(100);
        large.Return();
        exact.Return();

        large.IsClosed.ShouldBeTrue();
        exact.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void The_memory_of_a_buffer_that_its_owner_forgot_is_freed_when_it_is_collected()
    {
        GC.Collect(); // what other tests forgot does not count
        GC.WaitForPendingFinalizers();
        long before = AlignedBuffer.LiveBytes;
        (WeakReference rented, WeakReference allocated) = Forget();
        (AlignedBuffer.LiveBytes - before).ShouldBeGreaterThanOrEqualTo(2 * 4 * 2_000_000);

        for (int i = 0; i < 20 && (rented.IsAlive || allocated.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        rented.IsAlive.ShouldBeFalse();
        allocated.IsAlive.ShouldBeFalse();
        AlignedBuffer.LiveBytes.ShouldBeLessThanOrEqualTo(before);

        // Not inlined, so that no register of the test keeps them alive. A rented buffer of this size is outside the pool.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference Rented, WeakReference Allocated) Forget() =>
            (new(AlignedBuffer.Rent(2_000_000), trackResurrection: true), new(AlignedBuffer.Allocate(2_000_000), trackResurrection: true));
    }

    [Fact]
    public async Task Four_threads_never_own_the_same_memory()
    {
        ConcurrentDictionary<nint, int> owners = new();
        using Barrier start = new(4);
        Task<int>[] threads = [.. Enumerable.Range(1, 4).Select(id => Task.Factory.StartNew(() => Work(id), TaskCreationOptions.LongRunning))];

        (await Task.WhenAll(threads)).Sum().ShouldBe(0);

        int Work(int id)
        {
            int collisions = 0;
            start.SignalAndWait();
            for (int i = 0; i < 200_000; i++)
            {
                AlignedBuffer buffer = AlignedBuffer.Rent(16);
                nint address = Address(buffer);
                collisions += owners.TryAdd(address, id) ? 0 : 1;
                buffer.Span.Fill(id);
                collisions += buffer.Span.IndexOfAnyExcept(id) < 0 ? 0 : 1;
                owners.TryRemove(address, out _);
                buffer.Return();
            }

            return collisions;
        }
    }

    [Fact]
    public async Task Of_two_threads_that_return_one_buffer_one_succeeds()
    {
        const int Rounds = 20_000;
        AlignedBuffer buffer = AlignedBuffer.Rent(16);
        int returned = 0;
        int wrong = 0;
        int arrived = 0;
        long deadline = Environment.TickCount64 + 60_000;
        Task[] threads = [.. Enumerable.Range(0, 2).Select(id => Task.Factory.StartNew(() => Work(id), TaskCreationOptions.LongRunning))];
        await Task.WhenAll(threads);

        wrong.ShouldBe(0);
        buffer.Return();

        void Work(int id)
        {
            for (int round = 0; round < Rounds; round++)
            {
                Meet((4 * round) + 2);
                if (TryReturn(buffer))
                {
                    Interlocked.Increment(ref returned);
                }

                Meet((4 * round) + 4);
                if (id == 0)
                {
                    wrong += returned == 1 ? 0 : 1;
                    returned = 0;
                    buffer = AlignedBuffer.Rent(16);
                }
            }

            Meet((4 * Rounds) + 2);
        }

        // Spinning brings both threads out within nanoseconds of each other, which a barrier's wake-up does not.
        void Meet(int count)
        {
            Interlocked.Increment(ref arrived);
            SpinWait spin = default;
            while (Volatile.Read(ref arrived) < count)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                if (spin.Count % 1024 == 0 && Environment.TickCount64 > deadline)
                {
                    throw new TimeoutException("The other thread has not come: it has failed, or it is stuck.");
                }
            }
        }
    }

    private static bool TryReturn(AlignedBuffer buffer)
    {
        try
        {
            buffer.Return();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static unsafe nint Address(AlignedBuffer buffer) => (nint)buffer.Pointer;
}
