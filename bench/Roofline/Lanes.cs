using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recurrent.Bench.Roofline;

/// <summary>The operations on one width of vector; implemented by structs, so that each width is compiled on its own.</summary>
public unsafe interface ILanes<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract string Name { get; }

    static abstract TVector Splat(float value);

    static abstract TVector Load(float* address);

    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left * right + addend</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract float Sum(TVector vector);
}

public readonly unsafe struct Avx512Lanes : ILanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static string Name => "AVX-512";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Splat(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* address) => Avx512F.LoadVector512(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => Avx512F.Add(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Avx512F.FusedMultiplyAdd(left, right, addend);

    public static float Sum(Vector512<float> vector) => Vector512.Sum(vector);
}

public readonly unsafe struct Avx2Lanes : ILanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static string Name => "AVX2 and FMA";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Splat(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* address) => Avx.LoadVector256(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => Avx.Add(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Fma.MultiplyAdd(left, right, addend);

    public static float Sum(Vector256<float> vector) => Vector256.Sum(vector);
}

/// <summary>The widest vectors of any other machine; where it has no fused multiply-add, a multiplication and an addition.</summary>
public readonly unsafe struct PlatformLanes : ILanes<Vector<float>>
{
    public static int Count => Vector<float>.Count;

    public static string Name => "Vector<float>";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Splat(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(float* address) => Vector.Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Add(Vector<float> left, Vector<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MultiplyAdd(Vector<float> left, Vector<float> right, Vector<float> addend) =>
        Vector.MultiplyAddEstimate(left, right, addend);

    public static float Sum(Vector<float> vector) => Vector.Sum(vector);
}
