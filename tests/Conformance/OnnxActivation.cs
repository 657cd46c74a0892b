using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace Recurrent.Tests.Conformance;

/// <summary>A function of a recurrent operator of ONNX, with its coefficients.</summary>
public sealed record OnnxActivation(Activation Function, double Alpha, double Beta)
{
    /// <summary>The functions of an operator, those of the reverse direction behind those of the forward one.</summary>
    /// <param name="attributes">The operator's attributes.</param>
    /// <param name="standard">The functions of a direction where the attributes name none.</param>
    /// <param name="directions">1 or 2.</param>
    /// <remarks>
    /// The attributes' lists of alphas and betas hold numbers only for the functions that have one, in the order of the functions. Where a list is
    /// at its end, ONNX's defaults hold.
    /// </remarks>
    public static OnnxActivation[] Of(JsonElement attributes, string[] standard, int directions)
    {
        string[] names = attributes.TryGetProperty("activations", out JsonElement named)
            ? named.EnumerateArray().Select(name => name.GetString()!).ToArray()
            : Enumerable.Repeat(standard, directions).SelectMany(name => name).ToArray();
        Queue<double> alphas = Numbers(attributes, "activation_alpha");
        Queue<double> betas = Numbers(attributes, "activation_beta");
        List<OnnxActivation> activations = [];
        foreach (string name in names)
        {
            Activation function = Enum.Parse<Activation>(name, ignoreCase: true);
            (double? alpha, double? beta) = Defaults(function);
            activations.Add(new OnnxActivation(
                function,
                alpha is null ? 0 : alphas.TryDequeue(out double givenAlpha) ? givenAlpha : alpha.Value,
                beta is null ? 0 : betas.TryDequeue(out double givenBeta) ? givenBeta : beta.Value));
        }

        return activations.ToArray();
    }

    public double Apply(double x) => Equations.Activate(Function, x, Alpha, Beta);

    /// <summary>The arguments of a layer's attribute for those coefficients that the function has.</summary>
    public IEnumerable<string> Coefficients(string prefix)
    {
        if (Defaults(Function).Alpha is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{prefix}Alpha = {Alpha:R}");
        }

        if (Defaults(Function).Beta is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{prefix}Beta = {Beta:R}");
        }
    }

    private static (double? Alpha, double? Beta) Defaults(Activation function) => function switch
    {
        Activation.LeakyRelu => (0.01, null),
        Activation.Elu or Activation.ThresholdedRelu => (1, null),
        Activation.HardSigmoid => (0.2, 0.5),
        Activation.ScaledTanh => (1, 1),
        Activation.Affine => (1, 0),
        _ => (null, null),
    };

    private static Queue<double> Numbers(JsonElement attributes, string name) =>
        new(attributes.TryGetProperty(name, out JsonElement numbers) ? numbers.EnumerateArray().Select(number => number.GetDouble()) : []);
}
