using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>The files that complete a network's class.</summary>
public static class NetworkEmitter
{
    /// <summary>What code outside the class can see.</summary>
    public static SourceFile Surface(NetworkPlan network) => SurfaceEmitter.Emit(network);

    /// <summary>What only the surface calls: an editor may do without it.</summary>
    public static IEnumerable<SourceFile> Implementation(NetworkPlan network) => network.Layers
        .SelectMany(layer => LayerEmitter.Emit(network, layer))
        .Concat(TargetEmitter.Emit(network))
        .Append(PassesEmitter.Emit(network));
}
