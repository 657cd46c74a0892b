using System;

namespace Recurrent.Gen.Schedule;

/// <summary>
/// The choices that decide the order of roundings. They are functions of shapes alone, never of the target: this is what makes the outputs
/// the same bits on every instruction set with fused multiply-add, and in every mode.
/// </summary>
public static class Arithmetic
{
    /// <summary>Partial results of a reduction; the widest vector has as many lanes.</summary>
    public const int NominalLanes = 16;

    private const int MostGradientChunk = 32;
    private const int MostGradientFloats = 1 << 24;
    private const int EnoughSums = 8;
    private const int MostPartialSums = 4;
    private const int LeastTermsOfPartialSum = 2;

    /// <summary>Time steps whose gradients are gathered before they are added to the gradients of the weights.</summary>
    /// <param name="floats">Floats that are gathered for each.</param>
    public static int GradientChunk(int floats) => Math.Max(1, Math.Min(MostGradientChunk, MostGradientFloats / Math.Max(1, floats)));

    /// <summary>
    /// Into how many partial sums each product is split: term k goes to sum k mod n. A layer with too few rows to keep the multiply-add units busy
    /// gets several.
    /// </summary>
    /// <param name="rows">Rows of the loop.</param>
    /// <param name="sums">Different sums of each row.</param>
    public static int PartialSums(int rows, int sums)
    {
        int chains = sums * ((rows + NominalLanes - 1) / NominalLanes);
        return chains == 0 ? 1 : Math.Max(1, Math.Min(MostPartialSums, EnoughSums / chains));
    }

    /// <summary>Of the partial sums of a loop, those that a product with this many terms uses.</summary>
    public static int PartialSumsOf(int terms, int partialSums) =>
        Math.Max(1, Math.Min(partialSums, terms / LeastTermsOfPartialSum));
}
