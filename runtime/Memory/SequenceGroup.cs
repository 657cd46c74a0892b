using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Recurrent;

/// <summary>
/// Some sequences of a batch that run together, the longest first, so that those which still run at a time step come first. What they read and
/// write lies packed: time step after time step a row for each sequence that runs, as in PyTorch's <c>PackedSequence</c>. For generated code.
/// </summary>
/// <remarks>
/// The time steps are gone through in chunks, forward from <see cref="Begin"/> by <see cref="Next"/> or back from <see cref="BeginAtEnd"/> by
/// <see cref="Previous"/>. Where chunks begin depends on the lengths alone.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct SequenceGroup
{
    /// <summary>Sequences of a group at most.</summary>
    public const int MostSequences = 32;

    private readonly int _count;
    private fixed int _order[MostSequences];
    private fixed int _lengths[MostSequences];
    private fixed int _starts[MostSequences];

    /// <summary>Makes a group; sequences of one length keep their order.</summary>
    /// <param name="lengths">Time steps of each sequence, 0 or more; at most <see cref="MostSequences"/> of them, whose sum is an <see cref="int"/>.</param>
    public SequenceGroup(ReadOnlySpan<int> lengths)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengths.Length, MostSequences, nameof(lengths));
        _count = lengths.Length;
        for (int i = 0; i < lengths.Length; i++)
        {
            int place = i;
            for (; place > 0 && _lengths[place - 1] < lengths[i]; place--)
            {
                _order[place] = _order[place - 1];
                _lengths[place] = _lengths[place - 1];
                _starts[place] = _starts[place - 1];
            }

            _order[place] = i;
            _lengths[place] = lengths[i];
            _starts[place] = Rows;
            Rows = checked(Rows + lengths[i]);
        }
    }

    /// <summary>Time steps of all sequences together.</summary>
    public int Rows { get; private set; }

    /// <summary>The first time step of the chunk.</summary>
    public int First { get; private set; }

    /// <summary>The time step behind the chunk.</summary>
    public int End { get; private set; }

    /// <summary>Packed rows in front of the chunk.</summary>
    public int Row { get; private set; }

    /// <summary>Packed rows of the chunk.</summary>
    public int Count { get; private set; }

    /// <summary>How many sequences run at a time step.</summary>
    /// <param name="step">The time step, from 0.</param>
    public readonly int Running(int step)
    {
        int running = _count;
        while (running > 0 && _lengths[running - 1] <= step)
        {
            running--;
        }

        return running;
    }

    /// <summary>Goes in front of the first time step.</summary>
    public void Begin() => (First, End, Row, Count) = (0, 0, 0, 0);

    /// <summary>Goes behind the last time step of the longest sequence.</summary>
    public void BeginAtEnd()
    {
        First = End = _count == 0 ? 0 : _lengths[0];
        Row = Rows;
        Count = 0;
    }

    /// <summary>Goes on to the chunk that follows: as many time steps as have <paramref name="most"/> rows together, at least one.</summary>
    /// <param name="most">Rows of a chunk; as many as there are sequences, or more.</param>
    /// <returns>Whether there is one.</returns>
    public bool Next(int most)
    {
        First = End;
        Row += Count;
        Count = 0;
        for (int running = Running(End); running > 0 && Count + running <= most; running = Running(End))
        {
            Count += running;
            End++;
        }

        return Count > 0;
    }

    /// <summary>Goes back to the chunk in front of this one: as many time steps as have <paramref name="most"/> rows together, at least one.</summary>
    /// <param name="most">Rows of a chunk; as many as there are sequences, or more.</param>
    /// <returns>Whether there is one.</returns>
    public bool Previous(int most)
    {
        End = First;
        Count = 0;
        while (First > 0 && Count + Running(First - 1) <= most)
        {
            First--;
            Count += Running(First);
        }

        Row -= Count;
        return Count > 0;
    }

    /// <summary>Packs the chunk's rows.</summary>
    /// <param name="rows">The rows of all sequences, one sequence behind another.</param>
    /// <param name="size">Floats of a row.</param>
    /// <param name="packed">Receives the rows of the chunk.</param>
    public readonly void Gather(float* rows, int size, float* packed)
    {
        for (int step = First; step < End; step++)
        {
            int running = Running(step);
            for (int i = 0; i < running; i++, packed += size)
            {
                Copy(rows + ((nint)(_starts[i] + step) * size), packed, size);
            }
        }
    }

    /// <summary>Brings columns of the chunk's packed rows back to their sequences.</summary>
    /// <param name="packed">The rows of the chunk.</param>
    /// <param name="size">Floats of a row.</param>
    /// <param name="offset">Floats in front of the columns.</param>
    /// <param name="length">Floats of the columns.</param>
    /// <param name="rows">The rows of all sequences, one sequence behind another, which receive them.</param>
    public readonly void Scatter(float* packed, int size, int offset, int length, float* rows)
    {
        for (int step = First; step < End; step++)
        {
            int running = Running(step);
            for (int i = 0; i < running; i++, packed += size)
            {
                Copy(packed + offset, rows + ((nint)(_starts[i] + step) * size) + offset, length);
            }
        }
    }

    /// <summary>Brings what belongs to each sequence into their order in the group.</summary>
    /// <param name="states">As the caller has them.</param>
    /// <param name="size">Floats of each.</param>
    /// <param name="ordered">Receives them.</param>
    public readonly void GatherStates(float* states, int size, float* ordered)
    {
        for (int i = 0; i < _count; i++)
        {
            Copy(states + ((nint)_order[i] * size), ordered + ((nint)i * size), size);
        }
    }

    /// <summary>Brings what belongs to each sequence back into the caller's order.</summary>
    /// <param name="ordered">In the order of the group.</param>
    /// <param name="size">Floats of each.</param>
    /// <param name="states">Receives them.</param>
    public readonly void ScatterStates(float* ordered, int size, float* states)
    {
        for (int i = 0; i < _count; i++)
        {
            Copy(ordered + ((nint)i * size), states + ((nint)_order[i] * size), size);
        }
    }

    /// <summary>Draws a mask of every sequence from two values: what <see cref="Masks.Draw"/> gives the sequence alone.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="first">Where the mask of the first packed row begins.</param>
    /// <param name="stride">Floats from one row's mask to the next one's.</param>
    /// <param name="length">Elements of the mask.</param>
    /// <param name="probability">The probability of the first value; at least 0, less than 1.</param>
    /// <param name="chosen">The first value.</param>
    /// <param name="other">The other value.</param>
    /// <param name="seeds">The seed of each sequence, in the caller's order.</param>
    /// <param name="mask">The number of the mask in its network.</param>
    /// <param name="isOnce">Whether all time steps have the mask of the first one.</param>
    public readonly void Draw(
        Span<float> tape, int first, int stride, int length, double probability, float chosen, float other, ReadOnlySpan<ulong> seeds, int mask, bool isOnce)
    {
        int row = 0;
        for (int step = 0; row < Rows; step++)
        {
            int running = Running(step);
            for (int i = 0; i < running; i++, row++)
            {
                Span<float> elements = tape.Slice(first + (row * stride), length);
                if (isOnce && step > 0)
                {
                    tape.Slice(first + (i * stride), length).CopyTo(elements);
                }
                else
                {
                    Masks.DrawStep(elements, step, probability, chosen, other, seeds[_order[i]], mask);
                }
            }
        }
    }

    private static void Copy(float* from, float* to, int floats) => NativeMemory.Copy(from, to, (nuint)floats * sizeof(float));
}
