using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Threading;

namespace Recurrent;

/// <summary>Threads that help a caller with a pass, one caller at a time. For generated code.</summary>
/// <remarks>The threads know nothing of the team between passes: one that nobody has disposed ends them when it is collected.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Team : IDisposable
{
    private readonly Crew _crew;
    private int _isTaken;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many work on a pass, the caller's among them; at least 2.</param>
    public Team(int threads) => _crew = new Crew(threads);

    /// <summary>Ends the threads.</summary>
    ~Team() => _crew?.Stop(); // There is none where the constructor has thrown.

    /// <summary>How many threads work on a pass, the caller's among them.</summary>
    public int Threads => _crew.Threads;

    /// <summary>The threads that help the caller's.</summary>
    internal IEnumerable<Thread> Helpers => _crew.Helpers;

    /// <summary>Runs a pass with all threads, unless another caller has them. Allocates nothing.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="count">Time steps, or streams.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="state">The states.</param>
    /// <param name="y">The outputs.</param>
    /// <param name="memory">The network's weights.</param>
    /// <param name="scratch">What layers hand to each other.</param>
    /// <param name="whole">The sequences between walks through the layers.</param>
    /// <returns>Whether the pass has run; if not, nothing has been done.</returns>
    public bool TryRun(SharedPass pass, int count, float* x, float* state, float* y, float* memory, float* scratch, float* whole)
    {
        if (Volatile.Read(ref _isTaken) != 0 || Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            return false;
        }

        _crew.Run(new Job(pass, count, x, state, y, memory, scratch, whole));
        Volatile.Write(ref _isTaken, 0);
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Ends the threads and waits until they have ended. No pass may be running.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _crew.Stop();
        _crew.Join();
    }
}
