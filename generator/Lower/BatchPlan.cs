using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>How several sequences of a batch run at once: in groups, time step after time step, in chunks of so many rows, a row being a time step of a sequence.</summary>
/// <param name="Sequences">Sequences of a group.</param>
/// <param name="Rows">Rows of a chunk.</param>
public sealed record BatchPlan(int Sequences, int Rows)
{
    /// <summary>As many as the runtime's <c>SequenceGroup</c> holds.</summary>
    private const int MostSequences = 32;

    /// <summary>Fewer would not pay for packing what they read and write.</summary>
    private const int LeastSequences = 4;

    /// <summary>Floats that a pass works with at most, which the pool of the runtime keeps.</summary>
    private const int MostFloats = 1 << 20;

    public static BatchPlan? Of(Course course, IReadOnlyList<LayerPlan> layers)
    {
        if (!layers.Any(layer => layer.Find(Pass.RecordMany) is not null))
        {
            return null;
        }

        long state = layers.Sum(layer => (long)layer.StateSize);
        long row = course.Walks.Max(walk => (long)course.HandedOverIn(walk) + layers.Sum(layer =>
            (long)layer.HoistedSize + layer.Backward.RecordSize + layer.Spec.InputSize + layer.Spec.LevelSize
            + Math.Max(layer.Backward.ScratchSize, layer.Record.ScratchSize)));
        int sequences = MostSequences;
        while (sequences >= LeastSequences && ((sequences * state) + (Tiling.MostRows / MostSequences * sequences * row)) > MostFloats)
        {
            sequences /= 2;
        }

        return sequences < LeastSequences ? null : new BatchPlan(sequences, Tiling.MostRows / MostSequences * sequences);
    }
}
