namespace Recurrent;

/// <summary>The instruction sets for which the generator writes kernels, from the plainest to the widest.</summary>
/// <remarks>Outputs are the same bits on all of them.</remarks>
public enum InstructionSet
{
    /// <summary>One float at a time, with fused multiply-add; runs on every machine.</summary>
    Scalar,

    /// <summary>x86-64 with AVX2 and FMA: 8 floats at a time.</summary>
    Avx2,

    /// <summary>x86-64 with AVX-512 F: 16 floats at a time.</summary>
    Avx512,
}
