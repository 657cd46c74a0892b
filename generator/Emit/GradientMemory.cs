using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>
/// The memory of a walk of the backward pass: a part for the gradients that each layer keeps for its parameters, one for the gradients that are handed
/// down, what the kernels share, and where sequences are packed, the rows of the gradients by outputs and inputs.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="walk">The walk.</param>
/// <param name="rows">Rows of a chunk where several sequences run at once; null for a chunk of the time steps of one.</param>
public sealed class GradientMemory(NetworkPlan network, Walk walk, int? rows)
{
    /// <summary>Time steps, or rows, that are taken at once.</summary>
    public int Chunk { get; } = rows ?? Arithmetic.GradientChunk(checked(
        walk.Layers.Sum(layer => network.Layers[layer].Backward.RecordSize) + network.Course.HandedOverIn(walk)));

    public int ScratchAt => checked(WorkAt(int.MaxValue) + HandedDownBefore(int.MaxValue));

    /// <summary>Where the packed gradients by the outputs lie.</summary>
    public int OutputsAt => PassMemory.RoundUp(KernelsEnd);

    /// <summary>Where the packed gradients by the inputs lie.</summary>
    public int InputsAt => PassMemory.RoundUp(checked(OutputsAt + (Chunk * network.OutputSize)));

    public int Floats => rows is null ? KernelsEnd : checked(InputsAt + (Chunk * network.InputSize));

    private int KernelsEnd => checked(ScratchAt + walk.Layers.Max(layer => network.Layers[layer].Passes
        .Where(pass => pass.Pass == Pass.Backward || (rows is not null && pass.Pass == Pass.BackwardMany)).Max(pass => pass.ScratchFloats)));

    public int WorkAt(int layer) => walk.Layers.Where(before => before < layer)
        .Sum(before => PassMemory.RoundUp(checked(Chunk * network.Layers[before].Backward.RecordSize)));

    /// <summary>Where the gradient by what a level gives lies.</summary>
    public int HandedDownAt(int level) => checked(WorkAt(int.MaxValue) + HandedDownBefore(level));

    private int HandedDownBefore(int level) => network.Course.HandedOver.Take(level)
        .Where(sequence => sequence.Walk == walk)
        .Sum(sequence => PassMemory.RoundUp(checked(Chunk * sequence.Size)));
}
