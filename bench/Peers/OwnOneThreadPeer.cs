using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>Our own training on one thread: what training on several is compared with.</summary>
public sealed class OwnOneThreadPeer : IPeer
{
    public string Name => "own-one-thread";

    public IWork? Begin(Workload workload) => workload.Threads > 1 ? workload.Network.Begin(workload with { Threads = 1 }) : null;
}
