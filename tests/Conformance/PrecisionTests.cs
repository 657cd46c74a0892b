using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conformance;

/// <summary>RTNeural's models with weights in fewer bytes: how far they come from what Keras gave.</summary>
public class PrecisionTests
{
    [SkippableTheory]
    [InlineData("lstm", "Dense(8, Activation.Tanh), Lstm(8), Dense(1)", 2e-5, 5e-4, 1e-4, 1e-3)]
    [InlineData("gru", "Dense(8, Activation.Tanh), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)", 2e-5, 4e-3, 4e-4, 1e-2)]
    public void A_model_stays_near_what_Keras_gave(string name, string layers, double floats, double bFloat16, double float16, double int8)
    {
        IReadOnlyDictionary<string, Tensor> weights = KerasWeights.Read(Cases.Json("rtneural", name + ".json"));
        float[] inputs = Cases.Numbers("rtneural", name + "_x_python.csv");
        float[] expected = Cases.Numbers("rtneural", name + "_y_python.csv");
        double[] bounds = [floats, bFloat16, float16, int8];
        Precision[] precisions = Enum.GetValues<Precision>();
        bounds.Length.ShouldBe(precisions.Length);
        double[] errors = [.. Model.Of([.. precisions.Select(precision => $"[Network(Input = 1, Weights = Precision.{precision}), {layers}]")])
            .Select(model => model.Step(weights, InstructionSets.Best, inputs).Zip(expected, (output, of) => Math.Abs((double)output - of)).Max())];
        foreach ((Precision precision, double error, double bound) in precisions.Zip(errors, bounds))
        {
            error.ShouldBeLessThan(bound, precision.ToString());
        }

        // Of the two with 8 bits either may come nearer.
        errors[0].ShouldBeLessThan(errors[2]);
        errors[2].ShouldBeLessThan(Math.Min(errors[1], errors[3]));
    }
}
