using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Recurrent.Bench.Roofline;

/// <summary>
/// The least that a recurrent step has to do: read each packed weight once and take it into one multiply-add, beginning from the result
/// of the step before.
/// </summary>
public abstract unsafe class WeightStream : IDisposable
{
    private const nuint CacheLine = 64;

    protected WeightStream(int floats, int lanes)
    {
        Vectors = (floats + lanes - 1) / lanes;
        Weights = (float*)NativeMemory.AlignedAlloc((nuint)(Vectors * lanes) * sizeof(float), CacheLine);
        Random random = new(1);
        for (int i = 0; i < Vectors * lanes; i++)
        {
            Weights[i] = random.NextSingle() - 0.5f;
        }
    }

    /// <summary>The instructions that it uses.</summary>
    public abstract string Name { get; }

    protected float* Weights { get; private set; }

    protected int Vectors { get; }

    /// <summary>A stream of at least this many floats, in the widest vectors of this machine.</summary>
    public static WeightStream Of(int floats) =>
        Avx512F.IsSupported ? new WeightStream<Avx512Lanes, System.Runtime.Intrinsics.Vector512<float>>(floats)
        : Avx2.IsSupported && Fma.IsSupported ? new WeightStream<Avx2Lanes, System.Runtime.Intrinsics.Vector256<float>>(floats)
        : new WeightStream<PlatformLanes, System.Numerics.Vector<float>>(floats);

    /// <summary>Reads the weights once for each pass.</summary>
    /// <returns>A number that depends on every pass.</returns>
    public abstract float Run(int passes);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Weights);
        Weights = null;
        GC.SuppressFinalize(this);
    }
}

/// <summary>A stream in vectors of one width.</summary>
public sealed unsafe class WeightStream<TLanes, TVector>(int floats) : WeightStream(floats, TLanes.Count)
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>So small that the operand of the next pass stays near 1: neither overflow nor denormal numbers.</summary>
    private const float Carried = 1e-6f;

    public override string Name => TLanes.Name;

    public override float Run(int passes)
    {
        TVector x = TLanes.Splat(1f);
        for (int pass = 0; pass < passes; pass++)
        {
            x = Pass(Weights, Vectors, x);
        }

        return TLanes.Sum(x);
    }

    /// <summary>Eight sums hide 4 cycles of latency on two multiply-add units, so that the loads alone set the pace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector Pass(float* w, int vectors, TVector x)
    {
        int lanes = TLanes.Count;
        TVector sum0 = TLanes.Splat(0f);
        TVector sum1 = sum0;
        TVector sum2 = sum0;
        TVector sum3 = sum0;
        TVector sum4 = sum0;
        TVector sum5 = sum0;
        TVector sum6 = sum0;
        TVector sum7 = sum0;
        for (; vectors >= 8; vectors -= 8)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Load(w), x, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(w + lanes), x, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(w + (2 * lanes)), x, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(w + (3 * lanes)), x, sum3);
            sum4 = TLanes.MultiplyAdd(TLanes.Load(w + (4 * lanes)), x, sum4);
            sum5 = TLanes.MultiplyAdd(TLanes.Load(w + (5 * lanes)), x, sum5);
            sum6 = TLanes.MultiplyAdd(TLanes.Load(w + (6 * lanes)), x, sum6);
            sum7 = TLanes.MultiplyAdd(TLanes.Load(w + (7 * lanes)), x, sum7);
            w += 8 * lanes;
        }

        if ((vectors & 4) != 0)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Load(w), x, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(w + lanes), x, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(w + (2 * lanes)), x, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(w + (3 * lanes)), x, sum3);
            w += 4 * lanes;
        }

        if ((vectors & 2) != 0)
        {
            sum4 = TLanes.MultiplyAdd(TLanes.Load(w), x, sum4);
            sum5 = TLanes.MultiplyAdd(TLanes.Load(w + lanes), x, sum5);
            w += 2 * lanes;
        }

        if ((vectors & 1) != 0)
        {
            sum6 = TLanes.MultiplyAdd(TLanes.Load(w), x, sum6);
        }

        TVector even = TLanes.Add(TLanes.Add(sum0, sum2), TLanes.Add(sum4, sum6));
        TVector odd = TLanes.Add(TLanes.Add(sum1, sum3), TLanes.Add(sum5, sum7));
        return TLanes.MultiplyAdd(TLanes.Add(even, odd), TLanes.Splat(Carried), TLanes.Splat(1f));
    }
}
