using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks whose states begin with learned values, compiled together.</summary>
public static class LearnedStarts
{
    private const string Cells =
        """
        using Recurrent;
        using static Recurrent.Equations;

        [Cell]
        public readonly struct Kept
        {
            public static Vec Step(Vec x, [Learned] Vec h, Mat W) => h + W * x;
        }

        [Cell]
        public readonly struct Mixture
        {
            public static (Vec y, double s, Vec c, Mat M) Step(
                Vec x, [Learned] double s, Vec c, [Learned, Init(Initializer.Ones), Shape("hidden", "input")] Mat M, Mat W, double a)
            {
                Vec y = Tanh(W * x + M * x + s * c);
                return (y, a * s + Mean(y), 0.5 * c + y, 0.25 * M + Outer(y, x));
            }
        }


        """;

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    /// <summary>Networks of the runtime's layers.</summary>
    public static IReadOnlyList<NetworkDeclaration> OfAttributes { get; } =
    [
        new("OneGru", 3, "Recurrent.Gru(5, LearnInitialState = true)"),
        new("TwoStates", 2, "Recurrent.Lstm(17, LearnInitialState = true)", "Recurrent.Dense(2)"),
        new("SomeLayers", 2, "Recurrent.Gru(3)", "Recurrent.Rnn(4, Recurrent.Activation.Tanh, LearnInitialState = true)", "Recurrent.Gru(5)", "Recurrent.Lstm(2, LearnInitialState = true)"),
        new("Copies", 3, "Recurrent.Lstm(4, Layers = 2, Bidirectional = true, LearnInitialState = true)"),
    ];

    /// <summary>Networks of cells that mark their states.</summary>
    public static IReadOnlyList<NetworkDeclaration> OfCells { get; } =
    [
        new("Memory", 2, "Recurrent.Layer<Kept>(3, Name = \"kept\")"),
        new("Mixed", 3, "Recurrent.Layer<Mixture>(6, Name = \"mixture\")"),
        new("MixedAll", 3, "Recurrent.Layer<Mixture>(6, Name = \"mixture\", LearnInitialState = true)"),
    ];

    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    private static Dictionary<string, CompiledNetwork> Compile() => CompiledNetwork.Compile([.. OfAttributes, .. OfCells, new("Plain", 2, "Recurrent.Lstm(3)")], Cells);
}
