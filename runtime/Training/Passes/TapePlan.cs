using System;

namespace Recurrent.Training;

/// <summary>
/// How a sequence whose tape does not fit is run: in segments, of which the forward pass keeps the states that they begin with and the backward pass
/// runs one after another again, last to first, each with a tape of its own (Chen, Xu, Zhang and Guestrin: Training Deep Nets with Sublinear Memory Cost, 2016).
/// </summary>
internal static class TapePlan
{
    // Generated backward passes gather gradients over so many time steps at a time, counted from the end: segments of a multiple add the same sums.
    private const int GradientChunk = 32;

    /// <summary>Time steps of a segment: all, where the tape of the whole fits, else as many as fit beside the states.</summary>
    /// <param name="steps">Time steps of the sequence; at least 1.</param>
    /// <param name="tape">Floats of the tape of a time step.</param>
    /// <param name="state">Floats of a state.</param>
    /// <param name="budget">Floats that there may be.</param>
    /// <returns>Time steps, or 0 where nothing fits.</returns>
    public static int SegmentSteps(int steps, long tape, long state, long budget)
    {
        if (tape * steps <= budget)
        {
            return steps;
        }

        for (int segment = (int)(budget / tape); segment > 0; segment--)
        {
            if (Floats(steps, segment, tape, state) <= budget)
            {
                int rounded = Math.Max(1, segment - (segment % GradientChunk));
                return segment > GradientChunk && Floats(steps, rounded, tape, state) <= budget ? rounded : segment;
            }
        }

        return 0;
    }

    /// <summary>Floats that are enough for a sequence, about as few as can be.</summary>
    public static long Enough(int steps, long tape, long state) =>
        Floats(steps, (int)Math.Clamp(Math.Sqrt((double)state * steps / tape), 1, steps), tape, state);

    private static long Floats(int steps, int segment, long tape, long state) => (tape * segment) + (state * ((steps + segment - 1) / segment));
}
