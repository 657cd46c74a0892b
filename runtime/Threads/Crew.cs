using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Recurrent;

/// <summary>What the threads of a team share: the job that they do now, and where they meet.</summary>
internal sealed unsafe class Crew
{
    private const int StackBytes = 1 << 18;

    // The first job, which is done when all threads are there: what they allocate, they have allocated then.
    private static readonly SharedPass Nothing = static (_, _, _, _, _, _, _, _) => { };

    private readonly Meeting _meeting;
    private readonly Worker[] _workers;
    private Job _job;
    private int _jobs;
    private bool _isStopped;

    /// <param name="threads">How many work on a job, the one that has it done among them.</param>
    public Crew(int threads)
    {
        _meeting = new Meeting(threads);
        _workers = new Worker[threads - 1];
        try
        {
            for (int i = 0; i < _workers.Length; i++)
            {
                _workers[i] = new Worker(this, new Share(_meeting, i + 1, threads), i + 1);
            }
        }
        catch
        {
            Stop();
            throw;
        }

        Run(new Job(Nothing, 0, null, null, null, null, null, null));
    }

    public int Threads => _workers.Length + 1;

    /// <summary>The threads that help.</summary>
    public IEnumerable<Thread> Helpers => _workers.Select(worker => worker.Thread);

    /// <summary>Does a job with all threads. One caller at a time.</summary>
    public void Run(in Job job)
    {
        _job = job;
        Announce();
        job.Run(new Share(_meeting, 0, Threads));
        _meeting.Meet();

        // Threads that wait must keep nothing of the network alive.
        _job = default;
    }

    /// <summary>Has the threads end.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopped, true);
        Announce();
    }

    /// <summary>Waits until the threads have ended.</summary>
    public void Join()
    {
        foreach (Worker worker in _workers)
        {
            worker.Thread.Join();
        }
    }

    private void Announce()
    {
        // The fence of this write stands between what is announced and the question who is parked.
        Interlocked.Increment(ref _jobs);
        foreach (Worker? worker in _workers)
        {
            worker?.Wake();
        }
    }

    /// <summary>A thread that does its share of one job after another.</summary>
    private sealed class Worker
    {
        /// <summary>Waiting costs a core: between the steps of a stream that come one after the other it is worth it, for longer it is not.</summary>
        private static readonly TimeSpan Patience = Environment.ProcessorCount > 1 ? TimeSpan.FromMicroseconds(50) : TimeSpan.Zero;

        private readonly Crew _crew;
        private readonly Share _share;
        private readonly AutoResetEvent _wake = new(initialState: false);
        private int _isParked;

        public Worker(Crew crew, Share share, int number)
        {
            _crew = crew;
            _share = share;
            Thread = new Thread(Work, StackBytes)
            {
                IsBackground = true,
                Name = string.Create(CultureInfo.InvariantCulture, $"Recurrent {number}"),
            };
            Thread.Start();
        }

        public Thread Thread { get; }

        /// <summary>Has the thread look for what has been announced.</summary>
        public void Wake()
        {
            if (Volatile.Read(ref _isParked) != 0 && Interlocked.Exchange(ref _isParked, 0) != 0)
            {
                _wake.Set();
            }
        }

        private void Work()
        {
            // A thread allocates something when it waits for the first time.
            _wake.WaitOne(TimeSpan.Zero);
            for (int done = 0; ; done++)
            {
                Await(done);
                if (Volatile.Read(ref _crew._isStopped))
                {
                    _wake.Dispose();
                    return;
                }

                _crew._job.Run(_share);
                _crew._meeting.Meet();
            }
        }

        /// <summary>Returns when more jobs have been announced: spins for a while, gives the core to others, and then parks.</summary>
        private void Await(int jobs)
        {
            if (Meeting.HasChanged(ref _crew._jobs, jobs))
            {
                return;
            }

            long start = Stopwatch.GetTimestamp();
            while (Volatile.Read(ref _crew._jobs) == jobs)
            {
                if (Stopwatch.GetElapsedTime(start) < Patience)
                {
                    Thread.Yield();
                    continue;
                }

                // Whoever announces a job looks here behind it, and this thread looks for a job behind this: one of them sees what the other wrote.
                Interlocked.Exchange(ref _isParked, 1);
                if (Volatile.Read(ref _crew._jobs) == jobs || Interlocked.Exchange(ref _isParked, 0) == 0)
                {
                    _wake.WaitOne();
                }
            }
        }
    }
}
