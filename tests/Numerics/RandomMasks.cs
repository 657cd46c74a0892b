using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks that leave something to chance in training, compiled together.</summary>
public static partial class RandomMasks
{
    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    /// <summary>Networks that the equations' harness can call.</summary>
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
        new("ZonedMemory", 3, "Recurrent.MLstm(4, Zoneout = 0.2)", "Recurrent.Dense(2)"),
        new("DroppedConvolution", 4, "Recurrent.Conv1d(6, 2, Dilation = 2, Dropout = 0.3)", "Recurrent.Dense(2)"),
        new("RecurrentStabilised", 3, "Recurrent.SLstm(5, Zoneout = 0.2, RecurrentDropout = 0.3)", "Recurrent.Dense(2)"),
        new("RecurrentLstm", 3, "Recurrent.Lstm(17, Projection = 9, RecurrentDropout = 0.25)", "Recurrent.Dense(2)"),
        new("RecurrentGru", 24, "Recurrent.Gru(33, RecurrentDropout = 0.4)"),
        new("RecurrentReset", 20, "Recurrent.Gru(18, ResetAfter = false, RecurrentDropout = 0.4)"),
        new("RecurrentMgu", 4, "Recurrent.Mgu(17, RecurrentDropout = 0.3)", "Recurrent.Dense(2)"),
        new("RecurrentRnn", 5, "Recurrent.Rnn(5, Recurrent.Activation.Tanh, Residual = true, Reverse = true, RecurrentDropout = 0.5)", "Recurrent.Dense(2)"),
        new("RecurrentCell", 6, "Recurrent.Layer<TwoStates>(9, RecurrentDropout = 0.3, Zoneout = 0.2)"),
        new("RecurrentBoth", 3, "Recurrent.Gru(4, Layers = 2, Bidirectional = true, Dropout = 0.4, Zoneout = 0.1, RecurrentDropout = 0.3)", "Recurrent.Dense(2)"),
    ];

    /// <summary>Those with recurrent dropout, without it.</summary>
    public static IReadOnlyList<NetworkDeclaration> WithoutRecurrentDropout { get; } =
    [
        .. All.Where(network => network.Layers[0].Contains(", RecurrentDropout", StringComparison.Ordinal)).Select(network => network with
        {
            Name = network.Name + "Without",
            Layers = [RecurrentDropout().Replace(network.Layers[0], ""), .. network.Layers.Skip(1)],
        }),
    ];

    /// <summary>A network that, where all its matrices are 1 and its states are ones, gives the sum of the masks of both levels, in each direction.</summary>
    public static NetworkDeclaration Shown { get; } = new("Shown", 128, "Recurrent.Layer<Held>(64, Layers = 2, Bidirectional = true, Residual = true, RecurrentDropout = 0.25)");

    /// <summary>Networks whose cells the equations' harness cannot call; these are held to themselves.</summary>
    public static IReadOnlyList<NetworkDeclaration> Odd { get; } =
    [
        .. OddCells.Networks.Where(network => network.Input == 35).Select(network => network with
        {
            Name = "Masked" + network.Name,
            Layers = [network.Layers[0].Replace("Name =", "Zoneout = 0.3, Dropout = 0.2, Name =", StringComparison.Ordinal), "Recurrent.Dense(2)"],
        }),
        new("MaskedSigns", 4, "Recurrent.Layer<Signs>(4, Dropout = 0.2)", "Recurrent.Dense(2)"),
        new("MaskedAntisymmetric", 4, "Recurrent.AntisymmetricRnn(17, RecurrentDropout = 0.3)", "Recurrent.Dense(2)"),
        new("MaskedReset", 24, "Recurrent.Gru(35, ResetAfter = false, RecurrentDropout = 0.3, Zoneout = 0.1, Dropout = 0.2)", "Recurrent.Dense(2)"),
        new("MaskedSignOfProduct", 4, "Recurrent.Layer<SignOfProduct>(4, RecurrentDropout = 0.5)", "Recurrent.Dense(2)"),
        new("MaskedMixture", 4, "Recurrent.Layer<Mixture>(6, Zoneout = 0.3, Dropout = 0.2)", "Recurrent.Dense(2)"),
    ];

    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    [GeneratedRegex(", RecurrentDropout = [0-9.]+")]
    private static partial Regex RecurrentDropout();

    private static IReadOnlyDictionary<string, CompiledNetwork> Compile()
    {
        const string Cells =
            """
            [Recurrent.Cell]
            public readonly struct TwoStates
            {
                public static (Vec h, Vec c) Step(Vec x, Vec h, Vec c, Mat W, Mat A, Mat U, Mat T, Mat V, Vec b)
                {
                    Vec a = Sigmoid(A * x);
                    Vec n = Tanh(W * x + U * h + V * c + b);
                    return (a * n + (1 - a) * Tanh(Transpose(T) * h), a * c + n * h);
                }
            }

            [Recurrent.Cell]
            public readonly struct Held
            {
                public static (Vec y, Vec h) Step(Vec x, Vec h, [Recurrent.Shape("hidden", "hidden")] Mat U) => (U * h + 0 * Sum(x), h);
            }

            [Recurrent.Cell]
            public readonly struct SignOfProduct
            {
                public static Vec Step(Vec x, Vec h, Mat W, Mat U) => Tanh(W * x + h) * Sign(U * h);
            }

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
        NetworkDeclaration[] all = [.. All, .. Odd, .. WithoutRecurrentDropout, Shown];
        string source = "using Recurrent;\nusing static Recurrent.Equations;\n" + OddCells.Source + Cells;
        return CompiledNetwork.Compile(all, source);
    }
}
