using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Emit;

/// <summary>The files that complete a network's class.</summary>
public static class NetworkEmitter
{
    /// <summary>What code outside the class can see.</summary>
    public static SourceFile Surface(NetworkSpec spec) => SurfaceEmitter.Emit(new NetworkPlan(spec));

    /// <summary>What only the surface calls: an editor may do without it.</summary>
    public static IEnumerable<SourceFile> Implementation(NetworkSpec spec)
    {
        NetworkPlan network = new(spec);
        return network.Layers
            .SelectMany(layer => LayerEmitter.Emit(network, layer))
            .Concat(TargetEmitter.Emit(network))
            .Append(PassesEmitter.Emit(network));
    }
}
