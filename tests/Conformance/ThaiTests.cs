using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Recurrent.Tests.Numerics;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conformance;

/// <summary>Unicode's model that finds the words of Thai text, as ICU4X ships it: each code point begins, continues or ends a word, or is one.</summary>
public class ThaiTests
{
    private const string Model = "Thai_codepoints_exclusive_model4_heavy.weights.json";
    private const string Marks = "bies";

    [SkippableFact]
    public void The_words_of_Thai_sentences_are_found()
    {
        JsonElement model = Cases.Json("icu4x-thai", Model);
        Dictionary<string, int> rows = model.GetProperty("dic").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32());
        JsonElement[] sentences = [.. Cases.Json("icu4x-thai", "icu4x_test_text_codepoints.json").GetProperty("testcases").EnumerateArray()];
        NetworkClass segmenter = NetworkClass.Of(Consumer.Build(
            """
            using Recurrent;

            [Network(Input = 1), Embedding(74, 40), Lstm(27, Bidirectional = true), Dense(4)]
            public sealed partial class Segmenter;
            """).Assembly.GetType("Segmenter", throwOnError: true)!);
        float[] parameters = Parameters(segmenter, model);
        sentences.Length.ShouldBe(30);
        foreach (InstructionSet instructionSet in InstructionSets.Supported.ToArray())
        {
            using Network compiled = segmenter.Create(parameters, instructionSet);
            foreach (JsonElement sentence in sentences)
            {
                string text = sentence.GetProperty("unseg").GetString()!;

                // A code point that the model does not know has the last row.
                float[] indices = [.. text.EnumerateRunes().Select(rune => (float)rows.GetValueOrDefault(rune.ToString(), rows.Count))];
                float[] scores = new float[indices.Length * Marks.Length];
                compiled.Run(indices, new float[segmenter.StateSize], scores);

                string marks = string.Concat(scores.Chunk(Marks.Length).Select(four => Marks[Array.IndexOf(four, four.Max())]));
                marks.ShouldBe(sentence.GetProperty("expected_bies").GetString(), $"{text} on {instructionSet}");
            }
        }
    }

    /// <summary>Keras's layout: kernels are transposed, the gates are i f c o as PyTorch's i f g o, and there is one bias where PyTorch has two.</summary>
    private static float[] Parameters(NetworkClass network, JsonElement model)
    {
        Tensor Matrix(int number)
        {
            JsonElement matrix = model.GetProperty("mat" + number);
            int[] shape = [.. matrix.GetProperty("dim").EnumerateArray().Select(size => size.GetInt32())];
            return new Tensor(shape[0], shape.Length > 1 ? shape[1] : 1, [.. matrix.GetProperty("data").EnumerateArray().Select(value => value.GetSingle())]);
        }

        Dictionary<string, float[]> tensors = new()
        {
            ["embedding0.weight"] = Matrix(1).Values,
            ["lstm1.weight_ih_l0"] = Matrix(2).Transposed().Values,
            ["lstm1.weight_hh_l0"] = Matrix(3).Transposed().Values,
            ["lstm1.bias_ih_l0"] = Matrix(4).Values,
            ["lstm1.bias_hh_l0"] = new float[4 * 27],
            ["lstm1.weight_ih_l0_reverse"] = Matrix(5).Transposed().Values,
            ["lstm1.weight_hh_l0_reverse"] = Matrix(6).Transposed().Values,
            ["lstm1.bias_ih_l0_reverse"] = Matrix(7).Values,
            ["lstm1.bias_hh_l0_reverse"] = new float[4 * 27],
            ["dense2.weight"] = Matrix(8).Transposed().Values,
            ["dense2.bias"] = Matrix(9).Values,
        };
        float[] parameters = new float[network.ParameterCount];
        foreach (TensorInfo tensor in network.Parameters)
        {
            tensors[tensor.Name].Length.ShouldBe(tensor.Length, tensor.Name);
            tensors[tensor.Name].CopyTo(parameters, tensor.Offset);
        }

        return parameters;
    }
}
