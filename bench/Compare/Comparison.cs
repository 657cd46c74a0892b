using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Bench.Measuring;
using Recurrent.Bench.Peers;

namespace Recurrent.Bench.Compare;

/// <summary>A workload in our hands and in those of the peers that do such work.</summary>
public sealed class Comparison : IDisposable
{
    private const int CheckedRepetitions = 4;
    private const float Tolerance = 1e-5f;

    private readonly IWork _ours;
    private readonly (string Name, IWork Work)[] _peers;

    public Comparison(Workload workload, IReadOnlyList<IPeer> peers)
    {
        Workload = workload;

        // Threads that are started here have the cores that this one has.
        using IDisposable? cores = Cores();
        _ours = workload.Network.Begin(workload);
        _peers = [.. peers.Select(peer => (peer.Name, Work: peer.Begin(workload)!)).Where(peer => peer.Work is not null)];
    }

    public Workload Workload { get; }

    public bool HasPeers => _peers.Length > 0;

    /// <summary>Does the first repetitions, and compares what each gives.</summary>
    /// <exception cref="UnlikeWorkException">A peer gives something else: what would be timed is not the same work.</exception>
    public void Check()
    {
        for (int repetition = 1; repetition <= CheckedRepetitions; repetition++)
        {
            _ours.Repeat(1);
            foreach ((string name, IWork work) in _peers)
            {
                work.Repeat(1);
                Check(name, repetition, _ours.Result, work.Result);
            }
        }
    }

    /// <summary>Times all in turns.</summary>
    public IReadOnlyList<Row> Measure(Turns turns)
    {
        using IDisposable? cores = Cores();
        Turns warm = Workload.Mode == Mode.Train ? turns.OfLibraries : turns;
        double[] medians = (warm with { IsPassedTime = Workload.Threads > 1 }).Medians([_ours.Repeat, .. _peers.Select(peer => (Action<int>)peer.Work.Repeat)]);
        Layer layer = Workload.Layer;
        return
        [
            .. _peers.Select((peer, i) => new Row(
                Workload.Mode, layer.Cell, layer.Input, layer.Hidden, peer.Name, medians[0] / Workload.Units, medians[i + 1] / Workload.Units)),
        ];
    }

    public void Dispose()
    {
        _ours.Dispose();
        foreach ((_, IWork work) in _peers)
        {
            work.Dispose();
        }
    }

    private IDisposable? Cores() => Workload.Threads > 1 ? Core.Widen(Workload.Threads) : null;

    private void Check(string peer, int repetition, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        if (ours.Length != theirs.Length)
        {
            throw new UnlikeWorkException($"{Workload}: ours gives {ours.Length} numbers, {peer} gives {theirs.Length}.");
        }

        for (int i = 0; i < ours.Length; i++)
        {
            // Written so that NaN differs from everything.
            if (!(Math.Abs(ours[i] - theirs[i]) <= Tolerance))
            {
                throw new UnlikeWorkException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Workload}: number {i} of {ours.Length} of repetition {repetition} is {ours[i]} with ours and {theirs[i]} with {peer}; at most {Tolerance} apart is wanted."));
            }
        }
    }
}
