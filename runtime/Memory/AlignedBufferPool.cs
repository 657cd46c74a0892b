using System;
using System.Numerics;
using System.Threading;

namespace Recurrent;

/// <summary>
/// Buffers that nobody owns, kept for the next owner: one array of places for each power of two of sizes. A place is taken
/// and filled by one exchange, so no lock is needed and no node is allocated.
/// </summary>
internal static class AlignedBufferPool
{
    /// <summary>The size class of buffers that the pool does not keep.</summary>
    public const int NoSizeClass = -1;

    private const int SmallestLog2 = 4;  // 16 floats, one cache line
    private const int LargestLog2 = 20;  // 4 MiB
    private const int BytesPerClass = 8 << 20;

    private static readonly AlignedBuffer?[][] Places = CreatePlaces();

    /// <summary>The class of the smallest buffers that hold so many floats, or <see cref="NoSizeClass"/>.</summary>
    public static int SizeClassOf(int floats)
    {
        if (floats > 1 << LargestLog2)
        {
            return NoSizeClass;
        }

        int log2 = floats <= 1 << SmallestLog2 ? SmallestLog2 : BitOperations.Log2((uint)floats - 1) + 1;
        return log2 - SmallestLog2;
    }

    /// <summary>The floats of a class's buffers.</summary>
    public static int Capacity(int sizeClass) => 1 << (sizeClass + SmallestLog2);

    /// <summary>How many buffers of a class the pool keeps at most.</summary>
    public static int MaximumKept(int sizeClass) => Places[sizeClass].Length;

    /// <summary>Takes a buffer out, or gives null where there is none.</summary>
    public static AlignedBuffer? TryTake(int sizeClass)
    {
        AlignedBuffer?[] places = Places[sizeClass];
        for (int i = 0; i < places.Length; i++)
        {
            // Looking first keeps an empty place's cache line shared between cores.
            if (Volatile.Read(ref places[i]) is not null && Interlocked.Exchange(ref places[i], null) is { } buffer)
            {
                return buffer;
            }
        }

        return null;
    }

    /// <summary>Keeps a buffer where its class has a free place.</summary>
    public static bool TryKeep(AlignedBuffer buffer)
    {
        if (buffer.SizeClass == NoSizeClass)
        {
            return false;
        }

        AlignedBuffer?[] places = Places[buffer.SizeClass];
        for (int i = 0; i < places.Length; i++)
        {
            if (Volatile.Read(ref places[i]) is null && Interlocked.CompareExchange(ref places[i], buffer, null) is null)
            {
                return true;
            }
        }

        return false;
    }

    private static AlignedBuffer?[][] CreatePlaces()
    {
        // Two for each processor serve a call and one nested in it on every core at once.
        int wanted = Math.Clamp(2 * Environment.ProcessorCount, 8, 64);
        AlignedBuffer?[][] places = new AlignedBuffer?[LargestLog2 - SmallestLog2 + 1][];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = new AlignedBuffer?[Math.Min(wanted, BytesPerClass / (sizeof(float) * Capacity(i)))];
        }

        return places;
    }
}
