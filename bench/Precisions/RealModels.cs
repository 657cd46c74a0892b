using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Recurrent.Tests.Conformance;

namespace Recurrent.Bench.Precisions;

/// <summary>Models of others with the inputs that they came with, and LSTMs with the weights that PyTorch's would start from.</summary>
public static class RealModels
{
    private const int RandomSteps = 200;

    /// <summary>Those whose files are there.</summary>
    /// <param name="cases">The folder of the models.</param>
    /// <param name="log">Hears of files that are absent.</param>
    public static IEnumerable<PrecisionSubject> Read(string cases, TextWriter log)
    {
        if (Json(Path.Combine(cases, "raptor", "raptor.json"), log) is JsonElement raptor)
        {
            yield return PrecisionSubject.Of<Raptor, RaptorBFloat16, RaptorFloat16, RaptorInt8>(
                "raptor: Dense 22-16, Gru 16, Dense 4", Parameters<Raptor>(OfRaptor(raptor.GetProperty("layers"))), FirstFlight(raptor.GetProperty("example").GetProperty("input")));
        }

        if (Json(Path.Combine(cases, "rtneural", "lstm.json"), log) is JsonElement lstm)
        {
            yield return PrecisionSubject.Of<KerasLstm, KerasLstmBFloat16, KerasLstmFloat16, KerasLstmInt8>(
                "rtneural lstm: Dense 1-8, Lstm 8, Dense 1", Parameters<KerasLstm>(KerasWeights.Read(lstm)), Numbers(Path.Combine(cases, "rtneural", "lstm_x_python.csv")));
        }

        if (Json(Path.Combine(cases, "rtneural", "gru.json"), log) is JsonElement gru)
        {
            yield return PrecisionSubject.Of<KerasGru, KerasGruBFloat16, KerasGruFloat16, KerasGruInt8>(
                "rtneural gru: Dense 1-8, Gru 8, Dense 8, Dense 1", Parameters<KerasGru>(KerasWeights.Read(gru)), Numbers(Path.Combine(cases, "rtneural", "gru_x_python.csv")));
        }

        yield return PrecisionSubject.Of<Lstm128x128, Lstm128BFloat16, Lstm128Float16, Lstm128Int8>("random: Lstm 128-128", Random<Lstm128x128>(), RandomInputs(128));
        yield return PrecisionSubject.Of<Lstm256x256, Lstm256BFloat16, Lstm256Float16, Lstm256Int8>("random: Lstm 256-256", Random<Lstm256x256>(), RandomInputs(256));
    }

    private static JsonElement? Json(string file, TextWriter log)
    {
        if (!File.Exists(file))
        {
            log.WriteLine($"there is no {file}; its model is left out");
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }

    private static float[] Numbers(string file) => [.. File.ReadLines(file)
        .Where(line => line.Length > 0)
        .Select(line => (float)double.Parse(line, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static Dictionary<string, Tensor> OfRaptor(JsonElement layers) => new()
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

    /// <summary>Of inputs that are [step, flight of 2, feature], those of the first flight.</summary>
    private static float[] FirstFlight(JsonElement inputs) => [.. Tensor.Of(inputs).Values.Chunk(Raptor.InputSize).Where((_, row) => row % 2 == 0).SelectMany(row => row)];

    private static float[] Parameters<TNetwork>(IReadOnlyDictionary<string, Tensor> tensors)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        float[] parameters = new float[TNetwork.ParameterCount];
        foreach (TensorInfo tensor in TNetwork.Parameters)
        {
            tensors[tensor.Name].Values.CopyTo(parameters, tensor.Offset);
        }

        return parameters;
    }

    private static float[] Random<TNetwork>()
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        float[] parameters = new float[TNetwork.ParameterCount];
        using TNetwork network = TNetwork.Create(seed: 1);
        network.CopyParametersTo(parameters);
        return parameters;
    }

    private static float[] RandomInputs(int size)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, RandomSteps * size).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
