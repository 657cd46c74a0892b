using System.ComponentModel;

namespace Recurrent;

/// <summary>The part that one thread of a <see cref="Team"/> has in a pass; <see langword="default"/> is the whole, of a thread that works alone. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Share
{
    private readonly Meeting? _meeting;
    private readonly int _number;
    private readonly int _others;

    internal Share(Meeting meeting, int number, int threads)
    {
        _meeting = meeting;
        _number = number;
        _others = threads - 1;
    }

    /// <summary>Whether it is the part of the calling thread, which also does what cannot be shared.</summary>
    public bool IsFirst => _number == 0;

    /// <summary>Of things in a row, the first of this part. The parts of all threads follow each other, and the first is no greater than others.</summary>
    /// <param name="count">How many things there are.</param>
    public int Begin(int count) => count * _number / (_others + 1);

    /// <summary>Of things in a row, the one behind the last of this part.</summary>
    /// <param name="count">How many things there are.</param>
    public int End(int count) => count * (_number + 1) / (_others + 1);

    /// <summary>Returns when all threads have come here; each then sees what the others have written before.</summary>
    public void Meet() => _meeting?.Meet();
}
