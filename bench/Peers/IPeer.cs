using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>What ours is compared with.</summary>
public interface IPeer
{
    /// <summary>Its name in tables and files.</summary>
    string Name { get; }

    /// <summary>Begins a workload, with the same weights and inputs.</summary>
    /// <returns>The work, or <see langword="null"/> where this peer is not compared in the workload's mode.</returns>
    IWork? Begin(Workload workload);
}
