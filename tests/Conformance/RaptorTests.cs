using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conformance;

/// <summary>The RAPTOR quadrotor policy, with 500 time steps of two flights that its authors recorded.</summary>
public class RaptorTests
{
    private const string Policy = "[Network(Input = 22), Dense(16, Activation.Relu), Gru(16), Dense(4)]";
    private const double Tolerance = 5e-6;
    private const int Flights = 2;

    [SkippableFact]
    public void The_policy_flies_as_its_authors_recorded_it()
    {
        JsonElement file = Cases.Json("raptor", "raptor.json");
        IReadOnlyDictionary<string, Tensor> weights = Weights(file.GetProperty("layers"));
        float[] inputs = Tensor.Of(file.GetProperty("example").GetProperty("input")).Values;
        float[] expected = Tensor.Of(file.GetProperty("example").GetProperty("output")).Values;
        inputs.Length.ShouldBe(500 * Flights * 22);
        Model model = Model.Of(Policy);
        foreach (InstructionSet instructionSet in InstructionSets.Supported.ToArray())
        {
            model.StepMany(weights, instructionSet, Flights, inputs).ShouldBeWithin(Tolerance, expected, $"StepMany on {instructionSet}");
            for (int flight = 0; flight < Flights; flight++)
            {
                float[] of = Of(flight, inputs, 22);
                model.Step(weights, instructionSet, of).ShouldBeWithin(Tolerance, Of(flight, expected, 4), $"Step on {instructionSet}");
                model.Run(weights, instructionSet, of).ShouldBeWithin(Tolerance, Of(flight, expected, 4), $"Run on {instructionSet}");
            }
        }
    }

    /// <summary>The layers have PyTorch's layout and gate order; the initial state is zero.</summary>
    private static Dictionary<string, Tensor> Weights(JsonElement layers)
    {
        layers[1].GetProperty("gate_order").EnumerateArray().Select(gate => gate.GetString()).ShouldBe(["r", "z", "n"]);
        Tensor.Of(layers[1].GetProperty("h0")).Values.ShouldAllBe(value => value == 0);
        return new Dictionary<string, Tensor>
        {
            ["dense0.weight"] = Tensor.Of(layers[0].GetProperty("weight_out_in")),
            ["dense0.bias"] = Tensor.Of(layers[0].GetProperty("bias")),
            ["gru1.weight_ih_l0"] = Tensor.Of(layers[1].GetProperty("weight_ih")),
            ["gru1.weight_hh_l0"] = Tensor.Of(layers[1].GetProperty("weight_hh")),
            ["gru1.bias_ih_l0"] = Tensor.Of(layers[1].GetProperty("bias_ih")),
            ["gru1.bias_hh_l0"] = Tensor.Of(layers[1].GetProperty("bias_hh")),
            ["dense2.weight"] = Tensor.Of(layers[2].GetProperty("weight_out_in")),
            ["dense2.bias"] = Tensor.Of(layers[2].GetProperty("bias")),
        };
    }

    /// <summary>One flight's rows out of [step, flight, feature].</summary>
    private static float[] Of(int flight, float[] values, int features) => values
        .Chunk(features)
        .Where((_, row) => row % Flights == flight)
        .SelectMany(row => row)
        .ToArray();
}
