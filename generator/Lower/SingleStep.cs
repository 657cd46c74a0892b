using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>Says whether a single time step has a kernel of its own beside those that compute what reads the input alone for many time steps.</summary>
public static class SingleStep
{
    /// <summary>Weights of a small layer at most, which are packed for this kernel once more: 256 KB. Reading more takes longer than calling two kernels.</summary>
    private const int MostOfSmall = 1 << 16;

    /// <summary>
    /// Packed weights, in floats, that the second cache does not hold, but a good part of them: from 2 MB to 4 MB. One kernel that reads them back and forth finds this part there again;
    /// of two that take turns, each finds what the other has read.
    /// </summary>
    private const int LeastOfLarge = 1 << 19;
    private const int MostOfLarge = 1 << 20;

    /// <summary>
    /// Whether a layer has a size for it, and comes to the same bits: what is handed over are sums of products, which nothing rounds but the sum, and no product is
    /// split into partial sums, which would be added at another place.
    /// </summary>
    /// <param name="step">The pass of one time step.</param>
    /// <param name="input">The pass that computes what reads the input alone.</param>
    /// <param name="forward">The pass that computes the rest.</param>
    public static bool Pays(PassPlan step, PassPlan input, PassPlan forward) =>
        step.Cell.States.Count > 0
        && (step.Cell.Parameters.Sum(parameter => (long)parameter.Shape.Length) <= MostOfSmall
            || (!forward.IsShared && step.Nests.Sum(step.WeightsOf) is >= LeastOfLarge and <= MostOfLarge))
        && input.Graph.Outputs.All(output => output.Kind != OutputKind.Saved || input.Facts.SumOf(output.Value) is not null)
        && new[] { step, input, forward }.All(plan => plan.Nests.TrueForAll(nest => nest.Sums.Count == 0 || Arithmetic.PartialSums(nest.Width, nest.Sums.Count) == 1));
}
