using System;
using System.Collections.Generic;
using Xunit;

namespace Recurrent.Tests.Conformance;

/// <summary>RTNeural's models, with the outputs of the Keras and PyTorch models that they were exported from.</summary>
public class RtNeuralTests
{
    private const double Tolerance = 1e-6;

    [SkippableTheory]
    [InlineData("gru", "[Network(Input = 1), Dense(8, Activation.Tanh), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)]")]
    [InlineData("gru_1d", "[Network(Input = 1), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)]")]
    [InlineData("lstm", "[Network(Input = 1), Dense(8, Activation.Tanh), Lstm(8), Dense(1)]")]
    [InlineData("lstm_1d", "[Network(Input = 1), Lstm(8), Dense(1)]")]
    public void A_model_of_Keras_gives_what_Keras_gave(string name, string attributes) =>
        Check(name, attributes, KerasWeights.Read(Cases.Json("rtneural", name + ".json")));

    [SkippableTheory]
    [InlineData(
        "gru_torch",
        """[Network(Input = 1), Gru(8, Name = "gru_0"), Gru(8, Name = "gru2_0"), Gru(8, Name = "gru2_1"), Gru(8, Name = "gru2_2"), Dense(1, Name = "dense")]""")]
    [InlineData(
        "lstm_torch",
        """[Network(Input = 1), Lstm(8, Name = "lstm_0"), Lstm(8, Name = "lstm2_0"), Lstm(8, Name = "lstm2_1"), Lstm(8, Name = "lstm2_2"), Dense(1, Name = "dense")]""")]
    public void A_model_of_PyTorch_gives_what_PyTorch_gave(string name, string attributes) =>
        Check(name, attributes, TorchWeights.Read(Cases.Json("rtneural", name + ".json")));

    private static void Check(string name, string attributes, IReadOnlyDictionary<string, Tensor> weights)
    {
        float[] inputs = Cases.Numbers("rtneural", name + "_x_python.csv");
        float[] expected = Cases.Numbers("rtneural", name + "_y_python.csv");
        Model model = Model.Of(attributes);
        foreach (InstructionSet instructionSet in InstructionSets.Supported.ToArray())
        {
            model.Step(weights, instructionSet, inputs).ShouldBeWithin(Tolerance, expected, $"Step on {instructionSet}");
            model.Run(weights, instructionSet, inputs).ShouldBeWithin(Tolerance, expected, $"Run on {instructionSet}");
        }
    }
}
