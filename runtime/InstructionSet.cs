namespace Recurrent;

/// <summary>The instruction sets for which the generator writes kernels, from the plainest to the widest.</summary>
/// <remarks>
/// Outputs are the same bits on all that have a fused multiply-add: <see cref="Avx2"/> and <see cref="Avx512"/>; <see cref="Vector128"/> on arm64; and
/// <see cref="Scalar"/> and <see cref="Vector128"/> wherever a JIT compiles for a processor with it. Without it, a product is rounded before it is added: on x86-64
/// processors without FMA, and where NativeAOT compiles for x86-64 and FMA is no part of what it compiles for. Outputs then differ by rounding.
/// </remarks>
public enum InstructionSet
{
    /// <summary>One float at a time; runs on every machine.</summary>
    Scalar,

    /// <summary>4 floats at a time: arm64 with NEON, and x86-64 without AVX2 or FMA.</summary>
    Vector128,

    /// <summary>x86-64 with AVX2 and FMA: 8 floats at a time.</summary>
    Avx2,

    /// <summary>x86-64 with AVX-512 F: 16 floats at a time.</summary>
    Avx512,
}
