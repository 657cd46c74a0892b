using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// The layer that computes directions of a run: one, or both where they have the same activations. ONNX may give each direction its own; then
/// there are two layers, each the only one of its network.
/// </summary>
public sealed class OnnxLayer
{
    private const string Prefix = "layer.";

    private readonly OnnxRun _run;
    private readonly int[] _directions;

    private OnnxLayer(OnnxRun run, params int[] directions)
    {
        _run = run;
        _directions = directions;
    }

    /// <summary>The attributes of the network's class.</summary>
    public string Declaration
    {
        get
        {
            List<string> arguments = [_run.Hidden.ToString(CultureInfo.InvariantCulture), .. Settings, "Name = \"layer\""];
            if (_directions.Length == 2)
            {
                arguments.Add("Bidirectional = true");
            }
            else if (_run.IsReverse(_directions[0]))
            {
                arguments.Add("Reverse = true");
            }

            string kind = _run.Operator switch { "RNN" => "Rnn", "GRU" => "Gru", _ => "Lstm" };
            return $"[Network(Input = {_run.InputSize}), {kind}({string.Join(", ", arguments)})]";
        }
    }

    private IEnumerable<string> Settings
    {
        get
        {
            OnnxActivation[] activations = _run.Activations[_directions[0]];
            string clip = string.Create(CultureInfo.InvariantCulture, $"Clip = {_run.Clip:R}");
            return _run.Operator switch
            {
                "RNN" => [$"Activation.{activations[0].Function}", clip, .. activations[0].Coefficients("Activation")],
                "GRU" =>
                [
                    clip,
                    $"ResetAfter = {(_run.LinearBeforeReset ? "true" : "false")}",
                    $"RecurrentActivation = Activation.{activations[0].Function}", .. activations[0].Coefficients("Recurrent"),
                    $"Activation = Activation.{activations[1].Function}", .. activations[1].Coefficients("Activation"),
                ],
                _ =>
                [
                    clip,
                    $"Peepholes = {(_run.HasPeepholes ? "true" : "false")}",
                    $"CoupledInputForget = {(_run.InputForget ? "true" : "false")}",
                    $"RecurrentActivation = Activation.{activations[0].Function}", .. activations[0].Coefficients("Recurrent"),
                    $"Activation = Activation.{activations[1].Function}", .. activations[1].Coefficients("Activation"),
                    $"OutputActivation = Activation.{activations[2].Function}", .. activations[2].Coefficients("Output"),
                ],
            };
        }
    }

    /// <summary>The gates of ONNX (z r h; i o f c) in the order of the layer's tensors (r z n; i f g o, or i g o).</summary>
    private int[] Gates => _run.Operator switch
    {
        "RNN" => [0],
        "GRU" => [1, 0, 2],
        _ => _run.InputForget ? [0, 3, 1] : [0, 2, 3, 1],
    };

    public static IEnumerable<OnnxLayer> Of(OnnxRun run)
    {
        if (run.Directions == 1)
        {
            return [new OnnxLayer(run, 0)];
        }

        return run.Activations[0].SequenceEqual(run.Activations[1])
            ? [new OnnxLayer(run, 0, 1)]
            : [new OnnxLayer(run, 0), new OnnxLayer(run, 1)];
    }

    /// <summary>Runs the directions of the layer for each element of the batch.</summary>
    public void Run(Model model, InstructionSet instructionSet, OnnxResults results)
    {
        Dictionary<string, Tensor> weights = Weights();
        string[] states = _run.Operator == "LSTM" ? ["initial_h", "initial_c"] : ["initial_h"];
        for (int element = 0; element < _run.Batch; element++)
        {
            float[] state = _directions
                .SelectMany(direction => states.SelectMany(name => _run.Initial(name, direction, element)))
                .ToArray();
            float[] outputs = model.Run(weights, instructionSet, _run.Sequence(element), state);

            // A row of the outputs holds what each direction gives, and so does the state, each with its h and its c.
            double[][] rows = outputs.Select(value => (double)value).Chunk(_run.Hidden).ToArray();
            double[][] after = state.Select(value => (double)value).Chunk(_run.Hidden).ToArray();
            for (int i = 0; i < _directions.Length; i++)
            {
                results.Add(
                    _directions[i],
                    element,
                    rows.Where((_, row) => row % _directions.Length == i).SelectMany(row => row).ToArray(),
                    after[i * states.Length],
                    states.Length == 2 ? after[(i * states.Length) + 1] : []);
            }
        }
    }

    private Dictionary<string, Tensor> Weights()
    {
        Dictionary<string, Tensor> tensors = [];
        for (int i = 0; i < _directions.Length; i++)
        {
            int direction = _directions[i];
            string suffix = i == 0 ? "_l0" : "_l0_reverse";
            float[][] biases = _run.Biases(direction).Chunk(_run.Gates * _run.Hidden).ToArray();
            tensors[Prefix + "weight_ih" + suffix] = Stacked(_run.Inputs["W"].At(direction), Gates, _run.InputSize);
            tensors[Prefix + "weight_hh" + suffix] = Stacked(_run.Inputs["R"].At(direction), Gates, _run.Hidden);
            tensors[Prefix + "bias_ih" + suffix] = Stacked(biases[0], Gates, 1);
            tensors[Prefix + "bias_hh" + suffix] = Stacked(biases[1], Gates, 1);
            if (_run.HasPeepholes)
            {
                // ONNX's i o f; the layer's i f o, or i o.
                tensors[Prefix + "weight_ch" + suffix] = Stacked(_run.Peepholes(direction), _run.InputForget ? [0, 1] : [0, 2, 1], 1);
            }
        }

        return tensors;
    }

    /// <summary>The rows of chosen gates, one gate behind the other.</summary>
    private Tensor Stacked(float[] values, int[] gates, int columns)
    {
        float[][] parts = values.Chunk(_run.Hidden * columns).ToArray();
        return new Tensor(gates.Length * _run.Hidden, columns, gates.SelectMany(gate => parts[gate]).ToArray());
    }
}
