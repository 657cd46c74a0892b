using System;

namespace Recurrent.Training;

/// <summary>What training makes small: a number computed from a network's outputs and what they should have been.</summary>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>Computes the loss of a sequence and its gradient by every output.</summary>
    /// <param name="outputs">[steps, outputSize]: what the network gave.</param>
    /// <param name="sequence">The sequence, which fits the loss: <see cref="Mismatch"/> finds nothing.</param>
    /// <param name="gradients">Receives [steps, outputSize].</param>
    internal abstract float Compute(ReadOnlySpan<float> outputs, in TrainingSequence sequence, Span<float> gradients);

    /// <summary>Says why a sequence cannot be scored by this loss, as the end of a sentence that begins with the sequence's name.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="steps">Its time steps.</param>
    /// <param name="outputSize">Floats that the network gives in a time step.</param>
    /// <returns>What was given and what was wanted, or <see langword="null"/> for a sequence that fits.</returns>
    internal abstract string? Mismatch(in TrainingSequence sequence, int steps, int outputSize);
}
