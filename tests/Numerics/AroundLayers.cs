using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks whose layers are residual, stacked, run in reverse or in both directions, compiled together.</summary>
public static class AroundLayers
{
    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Compile([.. All]));

    /// <summary>Networks that run single steps too.</summary>
    public static IReadOnlyList<NetworkDeclaration> Streaming { get; } =
    [
        new("ResidualLstm", 7, "Recurrent.Lstm(7, Residual = true)"),
        new("ResidualGru", 32, "Recurrent.Gru(32, Residual = true)"),
        new("ResidualDense", 9, "Recurrent.Dense(9, Recurrent.Activation.Tanh, Residual = true)", "Recurrent.Dense(9, Residual = true)"),
        new("StackedLstm", 3, "Recurrent.Lstm(8, Layers = 2)"),
        new("StackedGru", 5, "Recurrent.Gru(17, Layers = 3)", "Recurrent.Dense(2)"),
        new("StackedResidualRnn", 6, "Recurrent.Rnn(6, Recurrent.Activation.Tanh, Layers = 3, Residual = true)"),
        new("StackedMemory", 3, "Recurrent.MLstm(4, Layers = 2)"),
        new("StackedConvolution", 3, "Recurrent.Conv1d(6, 3, Dilation = 2, Stride = 2, Layers = 2)", "Recurrent.BatchNorm(Residual = true)"),
        new("ResidualStateSpace", 5, "Recurrent.SelectiveStateSpace(3, Residual = true)"),
    ];

    /// <summary>Networks that run whole sequences only.</summary>
    public static IReadOnlyList<NetworkDeclaration> Whole { get; } =
    [
        new("ReverseGru", 5, "Recurrent.Gru(9, Reverse = true)"),
        new("ReverseLstm", 16, "Recurrent.Lstm(16, Reverse = true)"),
        new("ReverseResidual", 7, "Recurrent.Lstm(7, Reverse = true, Residual = true)"),
        new("ReverseStack", 4, "Recurrent.Lstm(6, Reverse = true, Layers = 2)", "Recurrent.Dense(3)"),
        new("BidirectionalLstm", 3, "Recurrent.Lstm(5, Bidirectional = true)"),
        new("BidirectionalGru", 8, "Recurrent.Gru(16, Bidirectional = true)"),
        new("BidirectionalRnn", 2, "Recurrent.Rnn(33, Recurrent.Activation.Relu, Bidirectional = true)"),
        new("BidirectionalDense", 4, "Recurrent.Dense(3, Recurrent.Activation.Tanh, Bidirectional = true)"),
        new("BidirectionalStack", 3, "Recurrent.Lstm(6, Layers = 2, Bidirectional = true)"),
        new("BidirectionalStack3", 2, "Recurrent.Gru(3, Layers = 3, Bidirectional = true)", "Recurrent.Dense(1)"),
        new("ResidualBoth", 10, "Recurrent.Gru(5, Bidirectional = true, Residual = true)"),
        new("ResidualBothStack", 18, "Recurrent.Lstm(9, Layers = 2, Bidirectional = true, Residual = true)", "Recurrent.Dense(3)"),
        new("ReverseMixing", 4, "Recurrent.Rwkv7(5, 2, 3, 2, Reverse = true)"),
        new("BidirectionalMemory", 3, "Recurrent.GatedDeltaNet(4, Bidirectional = true)", "Recurrent.PRelu(PerChannel = true)"),
        new("BidirectionalConvolution", 4, "Recurrent.Conv1d(6, 2, Groups = 2, Bidirectional = true)", "Recurrent.LayerNorm()", "Recurrent.SLstm(5, Reverse = true)"),
        new("Mixed", 6, "Recurrent.Dense(5, Recurrent.Activation.Relu)", "Recurrent.Gru(4, Bidirectional = true)", "Recurrent.Lstm(7)", "Recurrent.Dense(2)"),
        new("Alternating", 3, "Recurrent.Gru(4)", "Recurrent.Gru(5, Reverse = true)", "Recurrent.Rnn(6, Recurrent.Activation.Tanh)", "Recurrent.Lstm(3, Reverse = true)"),
        new("Tagger", 1, "Recurrent.Embedding(11, 6)", "Recurrent.Lstm(5, Bidirectional = true)", "Recurrent.Dense(4)"),
        new("TwoTables", 1, "Recurrent.Embedding(4, 3, Bidirectional = true)", "Recurrent.Gru(5, Reverse = true)"),
    ];

    public static IEnumerable<NetworkDeclaration> All => Streaming.Concat(Whole);

    public static CompiledNetwork Get(string name) => Compiled.Value[name];
}
