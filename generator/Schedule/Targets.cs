using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Schedule;

/// <summary>The instruction sets that kernels are written for: one row each, from the plainest to the widest.</summary>
/// <remarks>
/// The rows of AVX2 and AVX-512 spell platform intrinsics and no operators of <c>Vector256</c>: NativeAOT expands the former at full speed behind a
/// run-time check of the processor, the latter not. The two rows before them spell what every processor has; whether <c>MultiplyAddEstimate</c> is
/// fused depends on the processor, and with NativeAOT on the one that the program was compiled for.
/// </remarks>
public static partial class Targets
{
    public static IReadOnlyList<Target> All { get; } = [Scalar(), Vector128(), Avx2(), Avx512()];

    /// <summary>
    /// The row whose kernels a machine with an instruction set runs best: where a narrower vector holds all rows, the lanes of a wider one would idle,
    /// its padding would be read for nothing, and what it stores through a mask would be slow to load again. Where the machine's own row is sure to fuse
    /// products with sums, the other is too: bits would differ else.
    /// </summary>
    /// <param name="machine">The machine's instruction set.</param>
    /// <param name="rows">Rows of the widest loop.</param>
    public static Target Fit(Target machine, int rows) =>
        All.FirstOrDefault(t => t.IsFused == machine.IsFused && t.Lanes <= machine.Lanes && t.Lanes >= rows) ?? machine;

    /// <summary>The row whose kernels multiply whole weights, on processors that have it beside AVX2 or AVX-512: it is faster than either.</summary>
    public static Target OfWholeWeights { get; } = AvxVnni();

    /// <summary>The rows that kernels may be written for.</summary>
    public static IEnumerable<Target> OfKernels => All.Append(OfWholeWeights);

    private static string MaskLanes(int set, int lanes) =>
        string.Join(", ", Enumerable.Range(0, lanes).Select(lane => lane < set ? "-1" : "0"));
}
