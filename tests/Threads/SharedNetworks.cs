using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Recurrent.Tests.Numerics;

namespace Recurrent.Tests.Threads;

/// <summary>Networks with layers that several threads can share, compiled together, and one whose layer is too small.</summary>
public static class SharedNetworks
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    /// <summary>Layers whose states are matrices; those among <see cref="Networks.Wide"/> are smaller.</summary>
    private static IReadOnlyList<NetworkDeclaration> Memories { get; } = [.. NetworkDeclaration.LayerAttributes
        .Where(NetworkDeclaration.HasMatrixState)
        .Select(attribute => (attribute, Layer: DrawnLayer.Of(attribute, 515, 531, 0)))
        .Select(pair => new NetworkDeclaration("Shared" + pair.attribute.Name, pair.Layer.Input, pair.Layer.Text))];

    /// <summary>Every layer of the runtime that can be alone.</summary>
    private static IEnumerable<NetworkDeclaration> Single => Networks.Wide
        .Where(network => !Memories.Any(memory => memory.Name["Shared".Length..] == network.Name["Wide".Length..]))
        .Concat(Memories);

    /// <summary>Layers on top of each other, some too small to share; in reverse; and with weights in fewer bytes.</summary>
    private static IReadOnlyList<NetworkDeclaration> Others { get; } =
    [
        new("SharedStack", 6, "Recurrent.Dense(530, Recurrent.Activation.Relu)", "Recurrent.Gru(513)", "Recurrent.Lstm(9)", "Recurrent.Lstm(544)", "Recurrent.Dense(3)"),
        new("SharedBothWays", 40, "Recurrent.Gru(512, Bidirectional = true)", "Recurrent.Dense(2)"),
        new("SharedTable", 1, "Recurrent.Embedding(9, 512)", "Recurrent.Lstm(521)"),
        .. Precisions.Narrow.Select(precision => new NetworkDeclaration("Shared" + precision, 517, "Recurrent.Lstm(519)", "Recurrent.Gru(512)") { Weights = precision }),
    ];

    public static IEnumerable<NetworkDeclaration> All => Single.Concat(Others);

    /// <summary>A network without a layer that threads can share.</summary>
    public static NetworkDeclaration Small => new("TooSmallToShare", 300, "Recurrent.Lstm(300)");

    public static CompiledNetwork Get(string name) => Compiled.Value.TryGetValue(name, out CompiledNetwork? network) ? network : Networks.Get(name);

    /// <summary>Whether threads share anything of a network.</summary>
    public static bool IsShared(CompiledNetwork network) =>
        network.Class.Type.GetNestedType("Compiled", BindingFlags.NonPublic)!.GetField("_team", Everything) is not null;

    /// <summary>A network with the parameters that training would begin with; the equations in double precision, which know better ones, take long at such sizes.</summary>
    public static Network Create(CompiledNetwork network, InstructionSet instructionSet)
    {
        float[] parameters = new float[network.Class.ParameterCount];
        ParameterInitializer.Fill(network.Class.Parameters, 1, parameters);
        return network.Class.Create(parameters, instructionSet);
    }

    private static Dictionary<string, CompiledNetwork> Compile() => CompiledNetwork.Compile([.. Memories, .. Others, Small]);
}
