using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Recurrent.Training;

/// <summary>Work that falls into items which do not depend on each other.</summary>
internal interface IItemWork
{
    /// <summary>Does one item.</summary>
    /// <param name="thread">Who does it, from 0 to the number of threads - 1: no two items of one thread are done at a time.</param>
    /// <param name="item">Which.</param>
    void Do(int thread, int item);
}

/// <summary>
/// Threads that are started once and share out items of work. Who does an item is left to chance, so an item's result must not depend on it. A
/// run allocates nothing. The threads end when the team is disposed, or collected.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Shared _shared;
    private readonly Thread[] _helpers;

    /// <summary>Starts the threads that the caller's own leaves to start.</summary>
    /// <param name="threads">At least 1, the caller's among them.</param>
    public ThreadTeam(int threads)
    {
        _shared = new Shared(threads - 1);
        _helpers = new Thread[threads - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            // Helpers know what is shared and not the team, which can therefore be collected while they wait.
            Shared shared = _shared;
            int helper = i;
            _helpers[i] = new Thread(() => shared.Help(helper)) { IsBackground = true, Name = $"{nameof(Recurrent)} training {helper + 1}" };
            _helpers[i].Start();
        }
    }

    ~ThreadTeam() => _shared.Stop();

    /// <summary>How many threads there are, the caller's among them.</summary>
    public int Threads => _helpers.Length + 1;

    /// <summary>Does items 0 to <paramref name="items"/> - 1 and returns when all are done.</summary>
    /// <remarks>Where items throw, what the first of them has thrown is thrown here, after all others have been done.</remarks>
    /// <exception cref="ObjectDisposedException">The team has been disposed.</exception>
    public void Run(IItemWork work, int items)
    {
        ObjectDisposedException.ThrowIf(_shared.IsStopped, this);
        _shared.Run(work, items);
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        _shared.Stop();
        foreach (Thread helper in _helpers)
        {
            helper.Join();
        }

        GC.SuppressFinalize(this);
    }

    private sealed class Shared
    {
        private readonly SemaphoreSlim[] _begin;
        private readonly SemaphoreSlim _end = new(0);
        private readonly Lock _failing = new();
        private IItemWork? _work;
        private int _items;
        private int _next;
        private int _busy;
        private int _failedItem;
        private ExceptionDispatchInfo? _failure;
        private volatile bool _isStopped;

        public Shared(int helpers)
        {
            _begin = new SemaphoreSlim[helpers];
            for (int i = 0; i < helpers; i++)
            {
                _begin[i] = new SemaphoreSlim(0);
            }
        }

        public bool IsStopped => _isStopped;

        public void Run(IItemWork work, int items)
        {
            int helpers = Math.Min(_begin.Length, items - 1);
            _work = work;
            _items = items;
            _next = 0;
            _busy = helpers;
            _failure = null;
            for (int i = 0; i < helpers; i++)
            {
                _begin[i].Release();
            }

            DoItems(thread: 0);
            if (helpers > 0)
            {
                // It spins for a moment before it sleeps.
                _end.Wait();
            }

            _work = null;
            _failure?.Throw();
        }

        public void Help(int helper)
        {
            while (true)
            {
                _begin[helper].Wait();
                if (_isStopped)
                {
                    return;
                }

                DoItems(helper + 1);
                if (Interlocked.Decrement(ref _busy) == 0)
                {
                    _end.Release();
                }
            }
        }

        public void Stop()
        {
            if (!_isStopped)
            {
                _isStopped = true;
                foreach (SemaphoreSlim begin in _begin)
                {
                    begin.Release();
                }
            }
        }

        private void DoItems(int thread)
        {
            IItemWork work = _work!;
            int items = _items;
            for (int item = Interlocked.Increment(ref _next) - 1; item < items; item = Interlocked.Increment(ref _next) - 1)
            {
                try
                {
                    work.Do(thread, item);
                }
                catch (Exception e)
                {
                    Fail(item, e);
                }
            }
        }

        private void Fail(int item, Exception e)
        {
            lock (_failing)
            {
                if (_failure is null || item < _failedItem)
                {
                    _failedItem = item;
                    _failure = ExceptionDispatchInfo.Capture(e);
                }
            }
        }
    }
}
