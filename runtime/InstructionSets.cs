using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recurrent;

/// <summary>The instruction sets of the machine that the program runs on.</summary>
/// <remarks>
/// What the runtime has been told not to use counts as absent: <c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c>, or a
/// NativeAOT program compiled without these instructions.
/// </remarks>
public static class InstructionSets
{
    private static readonly InstructionSet[] All;

    /// <summary>Runs before any network is made, and so before its kernels are compiled.</summary>
    static InstructionSets()
    {
        // Kernels ask whether a JIT compiles them: for it that is a constant once the class has been initialised.
        RuntimeHelpers.RunClassConstructor(typeof(RuntimeFeature).TypeHandle);
        All = Array.FindAll(Enum.GetValues<InstructionSet>(), IsSupported);
    }

    /// <summary>What this machine has, from the plainest to the widest; never empty.</summary>
    public static ReadOnlySpan<InstructionSet> Supported => All;

    /// <summary>The widest that this machine has: what a network runs unless told otherwise.</summary>
    public static InstructionSet Best =>
        IsSupported(InstructionSet.Avx512) ? InstructionSet.Avx512
        : IsSupported(InstructionSet.Avx2) ? InstructionSet.Avx2
        : IsSupported(InstructionSet.Vector128) ? InstructionSet.Vector128
        : InstructionSet.Scalar;

    /// <summary>Whether this machine has an instruction set.</summary>
    /// <param name="instructionSet">The instruction set; a value that is none gives false.</param>
    public static bool IsSupported(InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Scalar => true,
        InstructionSet.Vector128 => Vector128.IsHardwareAccelerated,
        InstructionSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        InstructionSet.Avx512 => Avx512F.IsSupported,
        _ => false,
    };
}
