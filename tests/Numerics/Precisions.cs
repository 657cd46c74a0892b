using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks in every precision of weights, compiled together.</summary>
public static class Precisions
{
    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Compile([.. Enum.GetValues<Precision>().SelectMany(Of)]));

    /// <summary>Those that keep less of the weights than there is.</summary>
    public static IEnumerable<Precision> Narrow => Enum.GetValues<Precision>().Where(precision => precision != Precision.Float32);

    /// <summary>Networks of cells whose matrices all multiply vectors, so that it is plain what is rounded. A layer of 64 has passes of its own for the input and for many streams.</summary>
    public static IReadOnlyList<NetworkDeclaration> Plain { get; } =
    [
        new("Narrow", 3, "Recurrent.Lstm(1)", "Recurrent.Gru(17)", "Recurrent.Rnn(9, Recurrent.Activation.Tanh)", "Recurrent.Dense(5)"),
        new("Wide", 33, "Recurrent.Lstm(64)", "Recurrent.Mgu(2)"),
        new("Odd", 20, "Recurrent.Gru(67)", "Recurrent.Lstm(31)"),
        new("Straight", 19, "Recurrent.Rnn(33, Recurrent.Activation.Relu)", "Recurrent.Dense(9)"),
        new("BothWays", 6, "Recurrent.Gru(16, Bidirectional = true)", "Recurrent.Dense(3)"),
    ];

    /// <summary>Cells that have matrices of other uses too: computed at load, transposed, or states.</summary>
    public static IReadOnlyList<NetworkDeclaration> Others { get; } =
    [
        new("Memories", 5, "Recurrent.FastGrnn(18)", "Recurrent.MLstm(7)", "Recurrent.Lmu(10, 6, 4)"),
        new("Long", 600, "Recurrent.Dense(17)"),
        new("Tables", 1, "Recurrent.Embedding(9, 21)", "Recurrent.SelectiveStateSpace(3)", "Recurrent.GatedDeltaNet(8)"),
    ];

    /// <summary>Each precision but that of floats, with the names of all networks and the instruction sets of this machine.</summary>
    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.Cross(Narrow.SelectMany(Of));

    /// <summary>Each precision with the name of each plain network.</summary>
    public static TheoryData<string, Precision> PlainNames
    {
        get
        {
            TheoryData<string, Precision> rows = [];
            foreach (Precision precision in Narrow)
            {
                foreach (NetworkDeclaration network in Plain)
                {
                    rows.Add(network.Name, precision);
                }
            }

            return rows;
        }
    }

    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    /// <summary>A network of <see cref="Plain"/> or <see cref="Others"/> in a precision.</summary>
    public static CompiledNetwork Get(string name, Precision precision) => Compiled.Value[name + precision];

    private static IEnumerable<NetworkDeclaration> Of(Precision precision) =>
        Plain.Concat(Others).Select(network => network with { Name = network.Name + precision, Weights = precision });
}
