using System;
using System.Linq;
using System.Runtime.InteropServices;
using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>A layer as an ONNX model of one node. The numbers are those of fields in onnx.proto.</summary>
public static class OnnxModel
{
    // The operator set of 2021, in which LSTM and GRU are version 14, and the file format of its time.
    private const int OperatorSet = 15;
    private const int FormatVersion = 8;
    private const int FloatType = 1;
    private const int IntegerAttribute = 2;

    // The blocks of rows in PyTorch's order, in the order of ONNX's i o f c and z r h.
    private static readonly int[] LstmGates = [0, 3, 1, 2];
    private static readonly int[] GruGates = [1, 0, 2];

    /// <summary>The names of what goes in: the sequence, and the states before it.</summary>
    public static string[] Inputs(Layer layer) => layer.IsLstm ? ["X", "initial_h", "initial_c"] : ["X", "initial_h"];

    /// <summary>The names of the states that come out.</summary>
    public static string[] States(Layer layer) => layer.IsLstm ? ["Y_h", "Y_c"] : ["Y_h"];

    /// <summary>A model file's bytes.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="steps">Time steps of the sequence.</param>
    /// <param name="withOutputs">Whether all outputs come out, as <c>Y</c>, or the states alone.</param>
    public static byte[] Write(Layer layer, int steps, bool withOutputs)
    {
        ProtobufWriter model = new();
        model.Number(1, FormatVersion);
        model.Message(7, graph => Graph(graph, layer, steps, withOutputs));
        model.Message(8, set => set.Number(2, OperatorSet));
        return model.Bytes.ToArray();
    }

    private static void Graph(ProtobufWriter graph, Layer layer, int steps, bool withOutputs)
    {
        int rows = layer.InputBias.Length;
        graph.Message(1, node => Node(node, layer, withOutputs));
        graph.Text(2, "layer");
        Tensor(graph, "W", Reordered(layer, layer.InputWeights), 1, rows, layer.Input);
        Tensor(graph, "R", Reordered(layer, layer.HiddenWeights), 1, rows, layer.Hidden);
        Tensor(graph, "B", [.. Reordered(layer, layer.InputBias), .. Reordered(layer, layer.HiddenBias)], 1, 2 * rows);

        Value(graph, 11, "X", steps, 1, layer.Input);
        foreach (string state in Inputs(layer).Skip(1))
        {
            Value(graph, 11, state, 1, 1, layer.Hidden);
        }

        if (withOutputs)
        {
            Value(graph, 12, "Y", steps, 1, 1, layer.Hidden);
        }

        foreach (string state in States(layer))
        {
            Value(graph, 12, state, 1, 1, layer.Hidden);
        }
    }

    private static void Node(ProtobufWriter node, Layer layer, bool withOutputs)
    {
        // An empty name is an input that is left out: the sequences' lengths.
        string[] inputs = ["X", "W", "R", "B", "", .. Inputs(layer).Skip(1)];
        string[] outputs = [withOutputs ? "Y" : "", .. States(layer)];
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(4, layer.IsLstm ? "LSTM" : "GRU");
        Attribute(node, "hidden_size", layer.Hidden);
        if (!layer.IsLstm)
        {
            Attribute(node, "linear_before_reset", 1);
        }
    }

    private static void Attribute(ProtobufWriter node, string name, int value) => node.Message(5, attribute =>
    {
        attribute.Text(1, name);
        attribute.Number(3, value);
        attribute.Number(20, IntegerAttribute);
    });

    private static void Tensor(ProtobufWriter graph, string name, float[] values, params int[] shape) => graph.Message(5, tensor =>
    {
        foreach (int length in shape)
        {
            tensor.Number(1, length);
        }

        tensor.Number(2, FloatType);
        tensor.Text(8, name);
        tensor.Blob(9, MemoryMarshal.AsBytes(values.AsSpan()));
    });

    private static void Value(ProtobufWriter graph, int field, string name, params int[] shape) => graph.Message(field, value =>
    {
        value.Text(1, name);
        value.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Number(1, FloatType);
            tensor.Message(2, dimensions =>
            {
                foreach (int length in shape)
                {
                    dimensions.Message(1, dimension => dimension.Number(1, length));
                }
            });
        }));
    });

    private static float[] Reordered(Layer layer, float[] tensor)
    {
        int[] gates = layer.IsLstm ? LstmGates : GruGates;
        int length = tensor.Length / gates.Length;
        return [.. gates.SelectMany(gate => tensor[(gate * length)..((gate + 1) * length)])];
    }
}
