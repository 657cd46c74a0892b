using System;
using System.Diagnostics;
using System.Numerics;

namespace Edge;

/// <summary>Counts durations in buckets that are at most 1/64 of their durations wide. Allocates nothing once it is made.</summary>
public sealed class StepTimes
{
    private const int BucketBits = 6;

    private readonly long[] _counts = new long[(64 - BucketBits) << BucketBits];

    /// <summary>How many durations there are.</summary>
    public long Count { get; private set; }

    /// <summary>The longest one, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Worst { get; private set; }

    /// <summary>Adds a duration in ticks of <see cref="Stopwatch"/>; at least 0.</summary>
    public void Add(long ticks)
    {
        Count++;
        Worst = Math.Max(Worst, ticks);
        _counts[Bucket(ticks)]++;
    }

    /// <summary>The duration that a share of all do not exceed, in ticks of <see cref="Stopwatch"/>, up to the width of a bucket; 0 where there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public long Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count);
        int bucket = 0;
        for (long count = _counts[0]; count < wanted; count += _counts[bucket])
        {
            bucket++;
        }

        return Math.Min(Longest(bucket), Worst);
    }

    /// <summary>Durations below 64 ticks have buckets of their own; above, every doubling is cut into 64 of equal width.</summary>
    private static int Bucket(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks) - BucketBits);
        return (shift << BucketBits) + (int)(ticks >> shift);
    }

    private static long Longest(int bucket)
    {
        int shift = Math.Max(0, (bucket >> BucketBits) - 1);
        return (((bucket - ((long)shift << BucketBits)) + 1) << shift) - 1;
    }
}
