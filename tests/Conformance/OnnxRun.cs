using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// A run of ONNX's <c>RNN</c>, <c>GRU</c> or <c>LSTM</c>: its settings, what went in and what must come out. Tensors with the batch in front
/// (<c>layout = 1</c>) are brought to the layout that all others have: X [steps, batch, inputs], Y [steps, directions, batch, hidden], states
/// [directions, batch, hidden].
/// </summary>
public sealed class OnnxRun
{
    private static readonly Dictionary<string, int[]> FromBatchFirst = new()
    {
        ["X"] = [1, 0, 2],
        ["Y"] = [1, 2, 0, 3],
        ["Y_h"] = [1, 0, 2],
        ["Y_c"] = [1, 0, 2],
        ["initial_h"] = [1, 0, 2],
        ["initial_c"] = [1, 0, 2],
    };

    public OnnxRun(string @operator, JsonElement attributes, JsonElement inputs, JsonElement outputs)
    {
        Operator = @operator;
        bool batchFirst = Number(attributes, "layout") == 1;
        Inputs = Tensors(inputs, batchFirst);
        Outputs = Tensors(outputs, batchFirst);
        string direction = attributes.TryGetProperty("direction", out JsonElement given) ? given.GetString()! : "forward";
        Directions = direction == "bidirectional" ? 2 : 1;
        Reverse = direction == "reverse";
        Hidden = (int)Number(attributes, "hidden_size");
        Clip = Number(attributes, "clip");
        InputForget = Number(attributes, "input_forget") == 1;
        LinearBeforeReset = Number(attributes, "linear_before_reset") == 1;
        string[] standard = Operator switch
        {
            "RNN" => ["Tanh"],
            "GRU" => ["Sigmoid", "Tanh"],
            _ => ["Sigmoid", "Tanh", "Tanh"],
        };
        Activations = OnnxActivation.Of(attributes, standard, Directions).Chunk(standard.Length).ToArray();
    }

    /// <summary><c>RNN</c>, <c>GRU</c> or <c>LSTM</c>.</summary>
    public string Operator { get; }

    public IReadOnlyDictionary<string, OnnxTensor> Inputs { get; }

    public IReadOnlyDictionary<string, OnnxTensor> Outputs { get; }

    public int Directions { get; }

    /// <summary>Whether the one direction is the reverse one.</summary>
    public bool Reverse { get; }

    public int Hidden { get; }

    /// <summary>The bound of what goes into an activation of a gate, or 0 for none.</summary>
    public double Clip { get; }

    /// <summary>LSTM: the forget gate is 1 less the input gate.</summary>
    public bool InputForget { get; }

    public bool HasPeepholes => Inputs.ContainsKey("P");

    /// <summary>GRU: the reset gate is applied behind the recurrent product.</summary>
    public bool LinearBeforeReset { get; }

    /// <summary>Of each direction, in ONNX's order.</summary>
    public OnnxActivation[][] Activations { get; }

    public int Steps => Inputs["X"].Shape[0];

    public int Batch => Inputs["X"].Shape[1];

    public int InputSize => Inputs["X"].Shape[2];

    public int Gates => Operator switch { "RNN" => 1, "GRU" => 3, _ => 4 };

    public bool IsReverse(int direction) => Reverse || direction == 1;

    /// <summary>Time steps of one element of the batch.</summary>
    public int Length(int element) => Inputs.TryGetValue("sequence_lens", out OnnxTensor? lengths) ? (int)lengths.Values[element] : Steps;

    /// <summary>The inputs of one element of the batch, up to its length.</summary>
    public float[] Sequence(int element) => Enumerable.Range(0, Length(element)).SelectMany(step => Inputs["X"].At(step, element)).ToArray();

    /// <summary>The gates' biases of a direction: those of the input, then those of the state.</summary>
    public float[] Biases(int direction) =>
        Inputs.TryGetValue("B", out OnnxTensor? biases) ? biases.At(direction) : new float[2 * Gates * Hidden];

    /// <summary>The peepholes of a direction, of the gates i, o and f; zeros where there are none.</summary>
    public float[] Peepholes(int direction) => HasPeepholes ? Inputs["P"].At(direction) : new float[3 * Hidden];

    /// <summary>A state before the first step: <c>initial_h</c> or <c>initial_c</c>, or zeros.</summary>
    public float[] Initial(string state, int direction, int element) =>
        Inputs.TryGetValue(state, out OnnxTensor? initial) ? initial.At(direction, element) : new float[Hidden];

    private static double Number(JsonElement attributes, string name) =>
        attributes.TryGetProperty(name, out JsonElement number) ? number.GetDouble() : 0;

    private static Dictionary<string, OnnxTensor> Tensors(JsonElement list, bool batchFirst) => list.EnumerateArray().ToDictionary(
        tensor => tensor.GetProperty("name").GetString()!,
        tensor =>
        {
            OnnxTensor read = OnnxTensor.Of(tensor);
            return batchFirst && FromBatchFirst.TryGetValue(tensor.GetProperty("name").GetString()!, out int[]? order) ? read.Permuted(order) : read;
        });
}
