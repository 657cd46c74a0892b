using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Bench.Compare.Ours;

/// <summary>The networks that are compared.</summary>
public static class OurNetworks
{
    public static IReadOnlyList<OurNetwork> Inference { get; } =
    [
        OurNetwork.Of<Lstm1x8>(),
        OurNetwork.Of<Lstm1x16>(),
        OurNetwork.Of<Lstm16x16>(),
        OurNetwork.Of<Lstm1x32>(),
        OurNetwork.Of<Lstm32x32>(),
        OurNetwork.Of<Lstm64x64>(),
        OurNetwork.Of<Lstm128x128>(),
        OurNetwork.Of<Lstm256x256>(),
        OurNetwork.Of<Gru1x8>(),
        OurNetwork.Of<Gru1x16>(),
        OurNetwork.Of<Gru16x16>(),
        OurNetwork.Of<Gru1x32>(),
        OurNetwork.Of<Gru32x32>(),
        OurNetwork.Of<Gru64x64>(),
        OurNetwork.Of<Gru128x128>(),
        OurNetwork.Of<Gru256x256>(),
    ];

    /// <summary>Those whose weights are worth reading once for many streams.</summary>
    public static IReadOnlyList<OurNetwork> Large { get; } = [.. Inference.Where(network => network.Layer.Input >= 128)];

    public static IReadOnlyList<OurNetwork> Training { get; } =
    [
        OurNetwork.Of<Lstm8x32>(),
        OurNetwork.Of<Lstm16x64>(),
        OurNetwork.Of<Lstm64x128>(),
        OurNetwork.Of<Lstm128x256>(),
        OurNetwork.Of<Gru8x32>(),
        OurNetwork.Of<Gru16x64>(),
        OurNetwork.Of<Gru64x128>(),
        OurNetwork.Of<Gru128x256>(),
    ];
}
