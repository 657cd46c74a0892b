using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.Bench.Peers;

/// <summary>The peers that this machine can load.</summary>
public static class LoadedPeers
{
    /// <summary>Loads what there is, and says in one line why a peer is left out.</summary>
    public static IReadOnlyList<IPeer> All(TextWriter log)
    {
        List<IPeer> peers = [new OwnStepPeer(), new OwnOneThreadPeer()];
        foreach ((string name, Func<IPeer[]> load) in (ReadOnlySpan<(string, Func<IPeer[]>)>)
        [
            (OnnxRuntimePeer.PeerName, OnnxRuntimePeer.Load),
            (TorchPeer.PeerName, TorchPeer.Load),
        ])
        {
            try
            {
                peers.AddRange(load());
            }
            catch (Exception e) when (Cause(e) is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                // The system's reason is the last line, behind general advice.
                log.WriteLine($"{name} is left out: {Cause(e).Message.Trim().Split('\n')[^1].Trim()}");
            }
        }

        return peers;
    }

    /// <summary>What made a type's initialiser fail.</summary>
    private static Exception Cause(Exception exception) =>
        exception is TypeInitializationException { InnerException: Exception inner } ? Cause(inner) : exception;
}
