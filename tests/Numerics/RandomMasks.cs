using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks that leave something to chance in training, compiled together.</summary>
public static class RandomMasks
{
    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    /// <summary>Networks of the runtime's layers.</summary>
    public static IReadOnlyList<NetworkDeclaration> All { get; } =
    [
        new("DroppedGru", 3, "Recurrent.Gru(5, Dropout = 0.3)", "Recurrent.Dense(2)"),
        new("DroppedDense", 4, "Recurrent.Dense(17, Recurrent.Activation.Tanh, Dropout = 0.2)", "Recurrent.Rnn(3, Recurrent.Activation.Tanh)", "Recurrent.Dense(2, Dropout = 0.5)"),
        new("DroppedTable", 1, "Recurrent.Embedding(9, 6, Dropout = 0.25)", "Recurrent.Dense(2)"),
        new("DroppedLevels", 3, "Recurrent.Lstm(6, Layers = 3, Dropout = 0.5)"),
        new("DroppedResidual", 7, "Recurrent.Gru(7, Residual = true, Dropout = 0.4)", "Recurrent.Dense(1)"),
        new("ZonedLstm", 2, "Recurrent.Lstm(17, Zoneout = 0.2)"),
        new("ZonedGru", 4, "Recurrent.Gru(33, Zoneout = 0.1)", "Recurrent.Dense(2)"),
        new("ZonedRnn", 5, "Recurrent.Rnn(6, Recurrent.Activation.Relu, Zoneout = 0.5)"),
        new("ZonedResidual", 4, "Recurrent.Gru(4, Residual = true, Zoneout = 0.3, Dropout = 0.1)", "Recurrent.Lstm(3, Reverse = true, Zoneout = 0.15)"),
        new("ZonedBoth", 3, "Recurrent.Gru(4, Layers = 2, Bidirectional = true, Dropout = 0.4, Zoneout = 0.1)", "Recurrent.Dense(2)"),
    ];

    /// <summary>Networks whose cells the equations' harness cannot call; these are held to themselves.</summary>
    public static IReadOnlyList<NetworkDeclaration> Odd { get; } =
    [
        .. OddCells.Networks.Where(network => network.Input == 35).Select(network => network with
        {
            Name = "Masked" + network.Name,
            Layers = [network.Layers[0].Replace("Name =", "Zoneout = 0.3, Dropout = 0.2, Name =", StringComparison.Ordinal), "Recurrent.Dense(2)"],
        }),
        new("MaskedSigns", 4, "Recurrent.Layer<Signs>(4, Dropout = 0.2)", "Recurrent.Dense(2)"),
        new("MaskedMixture", 4, "Recurrent.Layer<Mixture>(6, Zoneout = 0.3, Dropout = 0.2)", "Recurrent.Dense(2)"),
    ];

    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    private static IReadOnlyDictionary<string, CompiledNetwork> Compile()
    {
        const string Mixture =
            """
            [Recurrent.Cell]
            public readonly struct Signs
            {
                public static Vec Step(Vec x) => Sign(x);
            }

            [Recurrent.Cell]
            public readonly struct Mixture
            {
                public static (Vec y, double s, Vec c, Mat M) Step(Vec x, double s, Vec c, [Recurrent.Shape("hidden", "input")] Mat M, Mat W, double a)
                {
                    Vec y = Tanh(W * x + M * x + s * c);
                    return (y, a * s + Mean(y), c * y + y, 0.25 * M + Outer(y, x));
                }
            }


            """;
        NetworkDeclaration[] all = [.. All, .. Odd];
        string source = "using Recurrent;\nusing static Recurrent.Equations;\n" + OddCells.Source + Mixture;
        Assembly assembly = Consumer.Build(source + string.Concat(all.Select(declaration => declaration.Source))).Assembly;
        return all.ToDictionary(
            declaration => declaration.Name,
            declaration => new CompiledNetwork(declaration, NetworkClass.Of(assembly.GetType(declaration.Name, throwOnError: true)!)));
    }
}
